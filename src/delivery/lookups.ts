import type { Datastore, DeliveryRecord, Recipient } from '../datastore/index.ts';
import { type Clock, createBatcher } from '../kernel/index.ts';
import type { Notification, ShopFacts } from '../notifications/index.ts';
import { hasWaited, shopFactsOf } from './shop-facts.ts';
import type { DueDelivery } from './task.ts';

/** Questions to the datastore; of many that are asked at once, each kind is one query. */
export class Lookups {
  readonly #clock: Clock;
  readonly #datastore: Datastore;
  /** Undefined: nobody knows the customer. */
  readonly recipientOf: (customerId: string) => Promise<Recipient | undefined>;
  readonly #factsOf: (notification: Notification) => Promise<ShopFacts>;

  /** @param clock What time it is on the wall. */
  constructor(datastore: Datastore, clock: Clock) {
    this.#clock = clock;
    this.#datastore = datastore;
    this.recipientOf = createBatcher({
      runMany: (ids: readonly string[]) => datastore.customers.recipients(ids),
      isSerial: true,
    });
    this.#factsOf = createBatcher({
      runMany: (notifications: readonly Notification[]) => shopFactsOf(datastore, notifications),
      isSerial: true,
    });
  }

  /** What has to be known to send it. */
  async around({ notification, delivery }: DueDelivery) {
    const isLate = hasWaited(notification, delivery, this.#clock.now());
    const [recipient, facts] = await Promise.all([
      this.recipientOf(notification.customerId),
      isLate ? this.#factsOf(notification) : undefined,
    ]);
    return { recipient, facts };
  }

  /** How it stands in the ledger; as given, where that does not know it. */
  async asItStands(delivery: DeliveryRecord): Promise<DeliveryRecord> {
    const [entry] = await this.#datastore.ledger.find('id', delivery.notificationId);
    return entry?.deliveries.find(({ channel }) => channel === delivery.channel) ?? delivery;
  }
}
