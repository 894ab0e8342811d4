import type { DeliveryRecord } from '../datastore/index.ts';

/** As it stands when it is entered: due then, or, where that is null, in hand. */
export function newDelivery(notificationId: string, channel: string, dueAtMs: number | null): DeliveryRecord {
  return {
    notificationId,
    channel,
    status: 'pending',
    reason: null,
    dueAtMs,
    settledAtMs: null,
    attempts: 0,
    receipt: null,
  };
}
