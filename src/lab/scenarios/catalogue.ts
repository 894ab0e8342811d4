import { InputError } from '../../kernel/index.ts';
import { customerErased, customerMoves, everyChannel } from './accounts.ts';
import { crashAndRecover } from './crash-and-recover.ts';
import { optedOut, paymentFailed, quietHours, welcome } from './customers.ts';
import { blockedNumber, deadLetter, flakyEmail, poisonEvent, smsOutage } from './failures.ts';
import { oneTimeCode } from './one-time-code.ts';
import { orderCancelled, orderComplete, orderConfirmed, orderDelivered, orderShipped } from './orders.ts';
import { lateNews, priceDrop, promotion } from './prices.ts';
import { receipts } from './receipts.ts';
import type { Scenario } from './scenario.ts';

/** What the demo plays when nothing is named. */
export const mainScenarios: readonly Scenario[] = [orderShipped, paymentFailed, priceDrop, orderComplete];

/** Every scenario that is played in virtual time, in the order of the list. */
export const scenarios: readonly Scenario[] = [
  ...mainScenarios,
  welcome,
  orderConfirmed,
  orderDelivered,
  orderCancelled,
  quietHours,
  optedOut,
  promotion,
  lateNews,
  flakyEmail,
  blockedNumber,
  smsOutage,
  deadLetter,
  poisonEvent,
  receipts,
  everyChannel,
  customerMoves,
  customerErased,
  oneTimeCode,
];

/** Every one that the demo plays: one takes real processes, and seconds. */
export const demoScenarios: readonly Scenario[] = [...scenarios, crashAndRecover];

/** @throws {InputError} when there is none of that name. */
export function findScenario(name: string, among = scenarios): Scenario {
  const found = among.find((scenario) => scenario.name === name);
  if (found !== undefined) return found;
  throw new InputError({
    message: `there is no scenario "${name}"`,
    help: `Known: ${among.map((scenario) => scenario.name).join(', ')}`,
  });
}

/**
 * Those of these names, or the main ones when none is named; `all` is every one.
 * @throws {InputError} when there is none of a name.
 */
export function chooseScenarios(names: readonly string[], among = scenarios): readonly Scenario[] {
  if (names.length === 0) return mainScenarios;
  if (names.includes('all')) return among;
  // One that is named twice is played once: its orders can ship only once. And in the order of the list, since
  // each has a day of its own.
  const named = new Set(names.map((name) => findScenario(name, among)));
  return among.filter((scenario) => named.has(scenario));
}
