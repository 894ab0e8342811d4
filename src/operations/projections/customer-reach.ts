import type { Recipient } from '../../datastore/index.ts';
import {
  addressOf,
  isSwitchedOn,
  type NotificationKind,
  type NotificationType,
  notificationKinds,
} from '../../notifications/index.ts';
import { defineProjection } from './projection.ts';

/** Where one customer can be told of what. No address and no name: what is kept here outlives nobody's erasure. */
export interface CustomerReach {
  readonly segment: string;
  /** Channel on which they have an address → categories that are switched on there. */
  readonly channels: Readonly<Record<string, readonly string[]>>;
}

/** Key: the customer's id. A customer of whom the log does not say who they are is not there. */
export const customerReach = defineProjection({
  name: 'customer-reach',
  words: 'how many customers can be told of what, on which channel',
  version: 3,
  handles: ['CustomerRegistered', 'ContactChanged', 'PreferencesChanged', 'CustomerErased'],
  project(event, rows) {
    const { customerId } = event.data;
    const profile = event.type === 'CustomerErased' ? null : event.data.profile;
    if (profile === null) rows.delete(customerId);
    else rows.set(customerId, reachOf({ ...profile, id: customerId, suppressedAddresses: [] }));
  },
});

function reachOf(customer: Recipient): CustomerReach {
  const names = ['email', 'sms', ...Object.keys(customer.addresses)];
  const reached = names.filter((channel) => addressOf(customer, channel) !== undefined);
  return {
    segment: customer.segment,
    channels: Object.fromEntries(reached.map((channel) => [channel, categoriesFor(customer, channel)])),
  };
}

function categoriesFor(customer: Recipient, channel: string): string[] {
  // A person's own words can be sent wherever there is an address: they say nothing of what is wanted.
  const types = (Object.keys(notificationKinds) as NotificationType[]).filter((type) => type !== 'own-text');
  const wanted = types.filter((type) => isTriedOn(type, channel) && isSwitchedOn(type, customer, channel));
  return [...new Set(wanted.map((type) => notificationKinds[type].category))];
}

function isTriedOn(type: NotificationType, channel: string): boolean {
  const { onlyOn }: NotificationKind = notificationKinds[type];
  return onlyOn === undefined || onlyOn.includes(channel);
}
