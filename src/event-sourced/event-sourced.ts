import type { Architecture, Interceptor } from '../architecture/index.ts';
import type { EventBus } from '../bus/index.ts';
import type { Datastore } from '../datastore/index.ts';
import {
  type Channel,
  createDeadLetterAlarm,
  type Decision,
  DeliveryService,
  type DeliverySettings,
  OwnTexts,
} from '../delivery/index.ts';
import type { ShopEvents } from '../events/index.ts';
import type { Clock, Ids, Logger, Random } from '../kernel/index.ts';
import type { Templates } from '../notifications/index.ts';
import { createServices } from '../services/index.ts';
import { EventCorrelator } from './event-correlator.ts';
import { NotificationService } from './notification-service.ts';

export interface EventSourcedOptions extends DeliverySettings {
  clock: Clock;
  /** Of the events. */
  ids: Ids;
  datastore: Datastore;
  /** The caller's: other subscribers may listen on it too, and it is the caller who closes it. */
  bus: EventBus<ShopEvents>;
  channels: readonly Channel[];
  /** Of how long a retry waits. Default: the operating system's, which no run repeats. */
  random?: Random;
  /** Default: the shop's own. */
  templates?: Templates;
  /** Told of every verdict once it is recorded. */
  onDecision?: (decision: Decision) => void;
  /** Default: silent. */
  logger?: Logger;
  /** Around `delivery` and `event-correlator`. Default: nothing. */
  interceptor?: Interceptor;
}

/**
 * The shop publishes what happened; one subscriber decides who is told. What cannot be delivered is
 * published too, as `DeadLetterAdded`.
 */
export function createEventSourced(options: EventSourcedOptions): Architecture {
  const { clock, ids, datastore, bus, interceptor = (_name, part) => part } = options;
  const publish: typeof bus.publish = (events) => bus.publish(events);
  const onDeadLetter = createDeadLetterAlarm({ clock, ids, datastore, publish });
  const service = new DeliveryService({ ...options, inFlight: bus.inFlight, lease: bus.lease, onDeadLetter });
  const delivery = interceptor('delivery', service);
  const correlator = interceptor('event-correlator', new EventCorrelator({ clock, datastore }));
  const ownTexts = new OwnTexts({ ...options, delivery });
  const notifications = new NotificationService({ bus, datastore, delivery, correlator });
  return {
    name: 'event-sourced',
    services: createServices({ clock, ids, datastore, publisher: bus }),
    start: () => notifications.start(),
    async settle() {
      await bus.settle();
      await bus.inFlight.idle();
    },
    send: (text) => ownTexts.send(text),
    redrive: (key) => delivery.redrive(key),
    stop: () => notifications.stop(),
  };
}
