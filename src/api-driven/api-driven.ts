import type { Architecture, Surround } from '../architecture/index.ts';
import type { Datastore } from '../datastore/index.ts';
import { createDeadLetterAlarm, DeliveryService, type DeliveryServiceOptions } from '../delivery/index.ts';
import type { Ids } from '../kernel/index.ts';
import { createAccounts } from './accounts.ts';
import { createBilling } from './billing.ts';
import { createNotificationApi } from './notification-api.ts';
import { createOrdering } from './ordering.ts';
import { createPricing } from './pricing.ts';

export interface ApiDrivenOptions extends DeliveryServiceOptions {
  /** Of the events, which are only put on record. */
  ids: Ids;
  datastore: Datastore;
  /** Around `delivery` and `notification-api`. Default: nothing. */
  surround?: Surround;
}

/** Each service decides itself when and whom to tell, calls the notifier, and waits for its answer. */
export function createApiDriven(options: ApiDrivenOptions): Architecture {
  const { clock, ids, datastore, surround = (_name, part) => part } = options;
  // Nobody listens, but what was given up is on record here too.
  const onDeadLetter = createDeadLetterAlarm(options);
  const delivery = surround('delivery', new DeliveryService({ ...options, onDeadLetter }));
  const notifications = surround('notification-api', createNotificationApi(delivery, options.channels));
  const ports = { clock, ids, datastore, notifications };
  return {
    name: 'api-driven',
    services: {
      accounts: createAccounts(ports),
      ordering: createOrdering(ports),
      pricing: createPricing(ports),
      billing: createBilling(ports),
    },
    start: () => delivery.start(),
    settle: () => delivery.settle(),
    redrive: (key) => delivery.redrive(key),
    stop: () => delivery.stop(),
  };
}
