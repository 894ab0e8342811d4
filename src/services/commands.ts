import type { z } from 'zod';
import { quote } from '../kernel/index.ts';
import { accountsCommands } from './accounts/commands.ts';
import { billingCommands } from './billing/commands.ts';
import { InvalidCommandError, UnknownCommandError } from './errors.ts';
import { orderingCommands } from './ordering/commands.ts';
import { pricingCommands } from './pricing/commands.ts';
import { promotionsCommands } from './promotions/commands.ts';
import type { AnsweringServices } from './services.ts';
import { validate } from './validate.ts';

/** Service → command → the schema of its data. */
export const commandSchemas = {
  accounts: accountsCommands,
  ordering: orderingCommands,
  pricing: pricingCommands,
  billing: billingCommands,
  promotions: promotionsCommands,
} as const;

type CommandSchemas = typeof commandSchemas;

/** A command of the shop as data, as a history or any other file holds it. */
export type Command = {
  [S in keyof CommandSchemas]: {
    [C in keyof CommandSchemas[S]]: {
      readonly service: S;
      readonly command: C;
      readonly data: CommandSchemas[S][C] extends z.ZodType<infer Data> ? Data : never;
    };
  }[keyof CommandSchemas[S]];
}[keyof CommandSchemas];

/**
 * Checks a command from anywhere: `{ service, command, data }`. Keys that nobody knows are dropped.
 * @throws {UnknownCommandError} no service has such a command.
 * @throws {InvalidCommandError} a value is missing or wrong, or there is a `__proto__` key anywhere.
 */
export function parseCommand(input: unknown): Command {
  if (!isObject(input)) throw invalid('the command', 'must be an object with service, command and data');
  refuseProtoKeys(input);
  const { service, command, data } = input;
  const schema = schemaOf(service, command);
  return { service, command, data: validate(schema, data, `${service}.${command}`) } as Command;
}

/**
 * Gives `command` to the shop. Throws what the service throws.
 * @returns what the service answers beside that it is done; undefined where that is all.
 */
export async function execute(
  services: AnsweringServices,
  { service, command, data }: Command,
): Promise<unknown> {
  // `Command` ties the three together, which TypeScript cannot follow through two look-ups.
  const methods = services[service] as unknown as Record<typeof command, (data: unknown) => Promise<unknown>>;
  return methods[command](data);
}

function schemaOf(service: unknown, command: unknown): z.ZodType {
  if (typeof service !== 'string') throw invalid('service', 'must be the name of a service');
  if (typeof command !== 'string') throw invalid('command', 'must be the name of a command');
  const commands: Commands | undefined = ownValue<Commands>(commandSchemas, service);
  if (commands === undefined) {
    throw unknownCommand(`there is no service ${quote(service)}`, Object.keys(commandSchemas));
  }
  const schema = ownValue(commands, command);
  if (schema === undefined) {
    throw unknownCommand(`${service} has no command ${quote(command)}`, Object.keys(commands));
  }
  return schema;
}

type Commands = Readonly<Record<string, z.ZodType>>;

const ownValue = <T>(map: Readonly<Record<string, T>>, key: string): T | undefined =>
  Object.hasOwn(map, key) ? map[key] : undefined;

/** Walks by hand, since a line of nothing but brackets would be too deep for a recursive function. */
function refuseProtoKeys(input: object): void {
  const seen = new Set<object>([input]);
  for (const object of seen) {
    if (Object.hasOwn(object, '__proto__')) throw invalid('__proto__', 'must not be used as a key');
    for (const value of Object.values(object)) {
      if (typeof value === 'object' && value !== null) seen.add(value);
    }
  }
}

const isObject = (input: unknown): input is Record<string, unknown> =>
  typeof input === 'object' && input !== null && !Array.isArray(input);

const invalid = (field: string, complaint: string): InvalidCommandError =>
  new InvalidCommandError(field, {
    message: `${field} ${complaint}`,
    help: 'Write {"service":…,"command":…,"data":{…}} with the keys of the command.',
  });

const unknownCommand = (message: string, known: readonly string[]): UnknownCommandError =>
  new UnknownCommandError({ message, help: `Use one of ${known.join(', ')}.` });
