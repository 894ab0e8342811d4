import type { Architecture, Interceptor } from '../architecture/index.ts';
import type { Datastore } from '../datastore/index.ts';
import {
  createDeadLetterAlarm,
  type Decision,
  DeliveryService,
  type DeliveryServiceOptions,
  OwnTexts,
} from '../delivery/index.ts';
import type { Ids } from '../kernel/index.ts';
import { createAccounts } from './accounts.ts';
import type { CallingServices } from './answers.ts';
import { createBilling } from './billing.ts';
import { type HandOverName, handOvers } from './hand-over.ts';
import { createNotificationApi, type NotificationApi } from './notification-api.ts';
import { createOrdering } from './ordering.ts';
import { createOutcomes } from './outcomes.ts';
import { createPricing } from './pricing.ts';
import { createPromotions } from './promotions.ts';

export interface ApiDrivenOptions extends DeliveryServiceOptions {
  /** Of the events, which are only put on record. */
  ids: Ids;
  datastore: Datastore;
  /** When a service hands over what it has to say. Default: `after-commit`. */
  handOver?: HandOverName;
  /** Around `delivery` and `notification-api`. Default: nothing. */
  interceptor?: Interceptor;
}

/** Its commands answer what became of their notifications. */
export interface ApiDriven extends Architecture {
  readonly services: CallingServices;
  /** What the services call, for whoever wants to know later what became of it. */
  readonly notifications: NotificationApi;
}

/** Each service decides itself when and whom to tell, calls the notifier, and passes on what it answers. */
export function createApiDriven(options: ApiDrivenOptions): ApiDriven {
  const { clock, ids, datastore, interceptor = (_name, part) => part } = options;
  // Nobody listens, but what was given up is on record here too.
  const onDeadLetter = createDeadLetterAlarm(options);
  const outcomes = createOutcomes(options);
  const onDecision = (decision: Decision): void => {
    outcomes.note(decision);
    options.onDecision?.(decision);
  };
  const delivery = interceptor('delivery', new DeliveryService({ ...options, onDeadLetter, onDecision }));
  const ownTexts = new OwnTexts({ ...options, delivery });
  const api = createNotificationApi(delivery, options.channels, outcomes);
  const notifications = interceptor('notification-api', api);
  const recording = { clock, ids, datastore, notifications };
  const handOver = handOvers[options.handOver ?? 'after-commit'](recording);
  const ports = { ...recording, handOver };
  return {
    name: 'api-driven',
    services: {
      accounts: createAccounts(ports),
      ordering: createOrdering(ports),
      pricing: createPricing(ports),
      billing: createBilling(ports),
      promotions: createPromotions(ports),
    },
    notifications,
    start: () => delivery.start(),
    settle: () => delivery.settle(),
    send: (text) => ownTexts.send(text),
    redrive: (key) => delivery.redrive(key),
    stop: () => delivery.stop(),
  };
}
