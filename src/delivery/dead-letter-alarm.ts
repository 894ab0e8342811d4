import type { Datastore, DeliveryRecord } from '../datastore/index.ts';
import {
  type Cause,
  createMessage,
  type MessageOf,
  type MessagePorts,
  type ShopEvents,
  shopEvents,
} from '../events/index.ts';
import { deliveryId } from '../notifications/index.ts';
import type { DeadDeliveryAlert, DeliveryObservers } from './observers.ts';

export interface DeadLetterAlarmOptions extends MessagePorts, Pick<DeliveryObservers, 'onDeadLetter'> {
  datastore: Datastore;
  /** Where it is announced beside. Left out: nowhere. */
  publish?(messages: readonly MessageOf<ShopEvents, 'DeadLetterAdded'>[]): Promise<void>;
}

/** That a delivery was given up, in the words of the shop's events. */
export function deadLetterAdded(
  ports: MessagePorts,
  notification: { readonly id: string; readonly type: string },
  { channel: where, reason, attempts }: Pick<DeliveryRecord, 'channel' | 'reason' | 'attempts'>,
  cause: Cause,
): MessageOf<ShopEvents, 'DeadLetterAdded'> {
  const deadLetterId = deliveryId(notification.id, where);
  const what = { kind: 'delivery', what: notification.type, where } as const;
  const data = { deadLetterId, ...what, reason: reason ?? 'unknown', attempts };
  return createMessage(ports, shopEvents.DeadLetterAdded, data, cause);
}

/**
 * Tells those who run the shop that a delivery was given up: `DeadLetterAdded`, which is on record before anybody
 * is told of it.
 */
export function createDeadLetterAlarm({
  datastore,
  publish,
  onDeadLetter,
  ...ports
}: DeadLetterAlarmOptions): (alert: DeadDeliveryAlert) => Promise<void> {
  return async (alert) => {
    const { notification, delivery } = alert;
    const { correlationId, causeId: id } = notification;
    const message = deadLetterAdded(ports, notification, delivery, { correlationId, id });
    await datastore.eventLog.append([message]);
    await publish?.([message]);
    await onDeadLetter?.(alert);
  };
}
