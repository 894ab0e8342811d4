import { InvalidArgumentError, Option } from 'commander';
import { handOverNames } from '../../api-driven/index.ts';
import { type BrokerUrl, isBrokerUrl } from '../../bus/index.ts';
import { architectureNames, type BusName, busNames } from '../../shop/index.ts';

/** The options that every command which runs the shop has. */
export const architectureOption = (): Option =>
  new Option('--architecture <name>', 'which architecture to run')
    .choices(architectureNames)
    .default('event-sourced');

export const busOption = (): Option =>
  new Option('--bus <name>', 'which event bus it runs on, where there is one')
    .choices(busNames)
    .default('in-memory');

/** One of those, or where the broker is. */
export type BusChoice = BusName | BrokerUrl;

/** For people: without what may be a password. */
export const shownBus = (bus: BusChoice): string => bus.replace(/:\/\/.*@/s, '://…@');

/** The same for a command that can run the shop on a bus at a broker too. */
export function busOrBrokerOption(): Option {
  const option = busOption();
  option.description += `; or at a broker, ${brokerForm}`;
  return option.argParser((text: string): BusChoice => {
    const named = busNames.find((name) => name === text);
    if (named !== undefined) return named;
    if (isBrokerUrl(text)) return text;
    throw new InvalidArgumentError(`Allowed choices are ${busNames.join(', ')}, and ${brokerForm}.`);
  });
}

const brokerForm = 'redis://user:password@host:6379';

export const handOverOption = (): Option =>
  new Option('--hand-over <when>', 'when services call the notifier, where they do')
    .choices(handOverNames)
    .default('after-commit');

/** Where the shop is: every command that has one takes it from here. What is typed wins over the environment. */
export const dataOption = (
  description = 'a datastore that an earlier run has kept: a file, or postgres://user@host/name',
): Option => new Option('--data <file>', description).env('DATASTORE');

/** The environment that every command which may send has. */
export const realProvidersHelp =
  'With SMTP_URL=smtp://user:password@host:587 email is really sent; with WEBHOOK_SECRET=whsec_… webhooks are.';

export const seedOption = (): Option =>
  new Option('--seed <n>', 'of all randomness; the same seed repeats a run')
    .argParser(wholeNumber)
    .default(1);

export function positiveNumber(text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Give a whole number, 1 or more.');
}

export function portNumber(text: string): number {
  if (/^\d{1,5}$/.test(text) && Number(text) < 65_536) return Number(text);
  throw new InvalidArgumentError('Give a port from 0 to 65535.');
}

export function wholeCount(text: string): number {
  if (/^(0|[1-9]\d{0,8})$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Give a whole number, 0 or more.');
}

/** As US cents. */
export function dollars(text: string): number {
  const cents = Math.round(Number(text) * 100);
  if (/^\d{1,9}(\.\d{1,2})?$/.test(text) && cents > 0) return cents;
  throw new InvalidArgumentError('Give a price in dollars, such as 49 or 49.90.');
}

export function share(text: string): number {
  if (/^(0(\.\d+)?|1(\.0+)?)$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Give a number from 0 to 1.');
}

function wholeNumber(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isSafeInteger(value))
    throw new InvalidArgumentError('Give a whole number.');
  return value;
}
