import type { Recipient } from '../datastore/index.ts';
import { type NotificationKind, type NotificationType, notificationKinds } from './catalogue.ts';

/** Where `channel` reaches the customer; undefined when it cannot. An empty address is none. */
export function addressOf(recipient: Recipient, channel: string): string | undefined {
  if (channel === 'email') return recipient.email || undefined;
  if (channel === 'sms') return recipient.phone || undefined;
  // A channel may be called anything, `constructor` too.
  return Object.hasOwn(recipient.addresses, channel) ? recipient.addresses[channel] || undefined : undefined;
}

/**
 * Which of the running channels a notification is tried on, in their order. Email and sms are tried even
 * without an address, so that the ledger says why nothing arrived; any other channel only where the
 * customer has an address for it.
 */
export function channelsFor(
  type: NotificationType,
  recipient: Recipient,
  channelNames: readonly string[],
): string[] {
  const { onlyOn }: NotificationKind = notificationKinds[type];
  if (onlyOn !== undefined) return channelNames.filter((channel) => onlyOn.includes(channel));
  return channelNames.filter(
    (channel) => channel === 'email' || channel === 'sms' || addressOf(recipient, channel) !== undefined,
  );
}
