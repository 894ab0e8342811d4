import type { Publisher } from '../bus/index.ts';
import type { Datastore } from '../datastore/index.ts';
import type { DeadDeliveryAlert } from '../delivery/index.ts';
import { createMessage, type MessagePorts, type ShopEvents, shopEvents } from '../events/index.ts';
import { deliveryId } from '../notifications/index.ts';

export interface DeadLetterAlarmOptions extends MessagePorts {
  datastore: Datastore;
  publisher: Publisher<ShopEvents>;
}

/** Tells those who run the shop that a delivery was given up: `DeadLetterAdded`, on record and on the bus. */
export interface DeadLetterAlarm {
  readonly raise: (alert: DeadDeliveryAlert) => Promise<void>;
}

export function createDeadLetterAlarm(options: DeadLetterAlarmOptions): DeadLetterAlarm {
  return {
    async raise({ notification, delivery }) {
      const { id, type, correlationId, causeId } = notification;
      const { channel, reason, attempts } = delivery;
      const data = {
        deadLetterId: deliveryId(id, channel),
        kind: 'delivery',
        what: type,
        where: channel,
        reason: reason ?? 'unknown',
        attempts,
      } as const;
      const message = createMessage(options, shopEvents.DeadLetterAdded, data, {
        correlationId,
        id: causeId,
      });
      await options.datastore.eventLog.append([message]);
      await options.publisher.publish([message]);
    },
  };
}
