import type { Recipient } from '../../datastore/index.ts';
import type { Channel } from '../../delivery/index.ts';
import { addressOf, deliveryId, ownTextId, type Templates } from '../../notifications/index.ts';
import type { Deliver, DeliveryEnd } from './direct-channel.ts';

export interface DirectDeliveryOptions {
  channel: Channel;
  recipientOf(userId: string): Promise<Recipient | undefined>;
  templates: Templates;
}

/**
 * Renders a request's own words in the user's language and hands them to the channel, unless there is no
 * address, or one that must not be used.
 */
export function directDelivery({ channel, recipientOf, templates }: DirectDeliveryOptions): Deliver {
  return async ({ requestId, userId, message }, { signal, wait }) => {
    const notificationId = ownTextId({ notificationId: requestId, channel: channel.name, recipient: userId });
    const recipient = await recipientOf(userId);
    const to = recipient && addressOf(recipient, channel.name);
    if (recipient === undefined || to === undefined) return skipped('no_contact');
    if (recipient.suppressedAddresses.includes(to)) return skipped('suppressed');
    const { name: customerName, locale } = recipient;
    const template = { type: 'message', family: channel.templates, locale, customerName };
    const content = templates.render({ ...template, variables: { message } });
    const { id: receipt } = await channel.send(
      { to, recipientName: customerName, content },
      { idempotencyKey: deliveryId(notificationId, channel.name), signal, wait },
    );
    return { type: 'DeliverySent', receipt };
  };
}

const skipped = (reason: string): DeliveryEnd => ({ type: 'DeliverySkipped', reason });
