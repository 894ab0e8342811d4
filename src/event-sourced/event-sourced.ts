import type { EventBus } from '../bus/index.ts';
import type { Datastore } from '../datastore/index.ts';
import { type Channel, type Decision, DeliveryService } from '../delivery/index.ts';
import type { ShopEvents } from '../events/index.ts';
import type { Clock, Ids, Logger } from '../kernel/index.ts';
import type { Templates } from '../notifications/index.ts';
import { type Architecture, createServices } from '../services/index.ts';
import { EventCorrelator } from './event-correlator.ts';
import { NotificationService } from './notification-service.ts';

export interface EventSourcedOptions {
  clock: Clock;
  /** Of the events. */
  ids: Ids;
  datastore: Datastore;
  /** The caller's: other subscribers may listen on it too, and it is the caller who closes it. */
  bus: EventBus<ShopEvents>;
  channels: readonly Channel[];
  /** Default: the shop's own. */
  templates?: Templates;
  /** Told of every verdict once it is recorded. */
  onDecision?: (decision: Decision) => void;
  /** Default: silent. */
  logger?: Logger;
}

/** The shop publishes what happened; one subscriber decides who is told. */
export function createEventSourced(options: EventSourcedOptions): Architecture {
  const { clock, ids, datastore, bus } = options;
  const delivery = new DeliveryService(options);
  const correlator = new EventCorrelator({ clock, datastore });
  const notifications = new NotificationService({ bus, datastore, delivery, correlator });
  return {
    name: 'event-sourced',
    services: createServices({ clock, ids, datastore, publisher: bus }),
    start: () => notifications.start(),
    async settle() {
      await bus.settle();
      await delivery.settle();
    },
    stop: () => notifications.stop(),
  };
}
