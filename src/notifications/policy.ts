import type { Recipient } from '../datastore/index.ts';
import { type NotificationKind, type NotificationType, notificationKinds } from './catalogue.ts';
import { addressOf } from './contact.ts';
import type { Notification } from './notification.ts';
import { isOvertaken, type ShopFacts } from './overtaken.ts';
import { quietUntilMs } from './quiet-hours.ts';
import type { DeliveryStep, ReasonCode } from './reasons.ts';
import { type Usefulness, usefulUntilMs } from './usefulness.ts';

/** One notification on one channel to one customer, at one moment. */
export interface PolicyInput {
  notification: Pick<Notification, 'type' | 'occurredAtMs' | 'variables'>;
  channel: string;
  recipient: Recipient;
  nowMs: number;
  /** How the shop stands, for a delivery that waited. Left out: it did not, and what it says is taken to be so. */
  facts?: ShopFacts | undefined;
  /** What is worth sending for another time than the catalogue says. Left out: nothing is. */
  usefulForMinutes?: Usefulness;
}

/** Why a delivery is not sent, or not sent before `untilMs`, and which step says so. */
export type Objection =
  | { readonly step: DeliveryStep; readonly reason: ReasonCode; readonly outcome: 'skip' }
  | {
      readonly step: DeliveryStep;
      readonly reason: ReasonCode;
      readonly outcome: 'defer';
      readonly untilMs: number;
    };

export interface PolicyStep {
  readonly name: DeliveryStep;
  objects(input: PolicyInput): Objection | undefined;
}

const segmentsToldOfPriceDrops: readonly string[] = ['gold', 'platinum'];
const quietChannels: readonly string[] = ['sms', 'push'];
const quietPriorities: readonly string[] = ['low', 'normal'];

/** The steps that need nothing but what they are given, in the order in which they are asked. */
export const policySteps: readonly PolicyStep[] = [
  skipWhen('erasure', 'erased', ({ recipient }) => recipient.erasedAtMs !== undefined),
  skipWhen(
    'eligibility',
    'segment_not_eligible',
    (input) => !mayBeTold(input.notification.type, input.recipient),
  ),
  skipWhen('contact', 'no_contact', ({ recipient, channel }) => addressOf(recipient, channel) === undefined),
  skipWhen('suppression', 'suppressed', ({ recipient, channel }) => {
    const address = addressOf(recipient, channel);
    return address !== undefined && recipient.suppressedAddresses.includes(address);
  }),
  skipWhen('preference', 'opted_out', ({ notification, recipient, channel }) => {
    return !isSwitchedOn(notification.type, recipient, channel);
  }),
  skipWhen('expiry', 'expired', ({ notification, nowMs, usefulForMinutes }) => {
    return nowMs > usefulUntilMs(notification, usefulForMinutes);
  }),
  skipWhen('overtaken', 'overtaken', ({ notification, facts }) => {
    return facts !== undefined && isOvertaken(notification, facts);
  }),
  { name: 'quiet-hours', objects: objectWhileQuiet },
];

/** What the first step that objects says; undefined when nothing speaks against sending now. */
export function firstObjection(input: PolicyInput): Objection | undefined {
  for (const step of policySteps) {
    const objection = step.objects(input);
    if (objection !== undefined) return objection;
  }
  return undefined;
}

function skipWhen(
  name: DeliveryStep,
  reason: ReasonCode,
  isAgainst: (input: PolicyInput) => boolean,
): PolicyStep {
  const objection: Objection = { step: name, reason, outcome: 'skip' };
  return { name, objects: (input) => (isAgainst(input) ? objection : undefined) };
}

/** Only the shop's best customers are told of lower prices. */
export function mayBeTold(type: NotificationType, { segment }: Pick<Recipient, 'segment'>): boolean {
  return type !== 'price-drop' || segmentsToldOfPriceDrops.includes(segment);
}

/** Without a word from the customer, email is on and every other channel off. */
export function isSwitchedOn(
  type: NotificationType,
  { preferences }: Pick<Recipient, 'preferences'>,
  channel: string,
): boolean {
  const { category } = notificationKinds[type];
  if (category === 'account') return true;
  const chosen = Object.hasOwn(preferences, category) ? preferences[category] : undefined;
  const isOn = chosen !== undefined && Object.hasOwn(chosen, channel) ? chosen[channel] : undefined;
  return isOn ?? channel === 'email';
}

function objectWhileQuiet({ notification, channel, recipient, nowMs }: PolicyInput): Objection | undefined {
  const { priority }: NotificationKind = notificationKinds[notification.type];
  const { quietHours, timeZone } = recipient;
  if (quietHours === null || !quietChannels.includes(channel) || !quietPriorities.includes(priority)) {
    return undefined;
  }
  const untilMs = quietUntilMs({ quietHours, timeZone, nowMs });
  if (untilMs === undefined) return undefined;
  return { step: 'quiet-hours', reason: 'quiet_hours', outcome: 'defer', untilMs };
}
