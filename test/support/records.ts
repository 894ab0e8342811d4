import type {
  DeliveryReceipt,
  DeliveryRecord,
  LedgerEntry,
  NotificationRecord,
  Order,
} from '../../src/datastore/index.ts';

export const requestedAtMs = Date.parse('2026-03-02T10:00:00Z');

export function aNotification(id: string, differences: Partial<NotificationRecord> = {}): NotificationRecord {
  return {
    id,
    type: 'order-shipped',
    customerId: 'kim',
    subject: 'order-1',
    causeId: 'event-1',
    correlationId: 'event-1',
    occurredAtMs: requestedAtMs - 1000,
    requestedAtMs,
    variables: { orderId: 'order-1' },
    ...differences,
  };
}

export function aDelivery(
  notificationId: string,
  channel: string,
  differences: Partial<DeliveryRecord> = {},
): DeliveryRecord {
  return {
    notificationId,
    channel,
    status: 'pending',
    reason: null,
    dueAtMs: null,
    settledAtMs: null,
    attempts: 0,
    receipt: null,
    ...differences,
  };
}

/** A notification with a pending delivery on each channel. */
export function anEntry(
  id: string,
  channels: readonly string[] = ['email', 'sms'],
  differences: Partial<NotificationRecord> = {},
): LedgerEntry {
  return {
    notification: aNotification(id, differences),
    deliveries: channels.map((channel) => aDelivery(id, channel)),
  };
}

/** What a delivery looks like once its provider has taken it. */
export const sent = (notificationId: string, channel: string): DeliveryRecord =>
  aDelivery(notificationId, channel, {
    status: 'sent',
    reason: 'sent',
    settledAtMs: requestedAtMs + 5,
    attempts: 1,
    receipt: 'receipt-1',
  });

/** What a provider reports of the message that it calls `receipt-1`. */
export const aReceipt = (differences: Partial<DeliveryReceipt> = {}): DeliveryReceipt => ({
  channel: 'email',
  providerMessageId: 'receipt-1',
  status: 'delivered',
  recipient: null,
  atMs: null,
  takenAtMs: requestedAtMs + 60_000,
  code: null,
  meaning: null,
  suppress: null,
  detail: null,
  ...differences,
});

export const deferred = (notificationId: string, channel: string, dueAtMs: number): DeliveryRecord =>
  aDelivery(notificationId, channel, { reason: 'quiet_hours', dueAtMs });

/** A placed order of pending line items. */
export function anOrder(id: string, lineItemIds: readonly string[] = [`${id}-1`]): Order {
  return {
    id,
    customerId: 'kim',
    status: 'placed',
    lineItems: lineItemIds.map((lineItemId, index) => ({
      id: lineItemId,
      productId: `product-${index}`,
      quantity: index + 1,
      unitPrice: { amount: 100 * (index + 1), currency: 'USD' },
      status: 'pending',
      trackingNumber: null,
    })),
  };
}
