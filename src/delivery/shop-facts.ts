import type { DeliveryRecord, Stores } from '../datastore/index.ts';
import { factsFor, type Notification, type ShopFact, type ShopFacts } from '../notifications/index.ts';

/** Where the shop's facts stand. */
export type FactStores = Pick<Stores, 'products' | 'carts' | 'orders' | 'eventLog'>;

type Asked = Pick<Notification, 'type' | 'customerId' | 'subject' | 'causeId'>;

/** By the clock of a machine it takes some milliseconds until a delivery that was entered is sent: that is no waiting. */
const handOverMs = 1000;

/**
 * Whether it was put off before: by a verdict, for another attempt, or because there was no place for it at the time of
 * its request. One that merely changes hands has not waited, even if a process has died on the way.
 * @param nowMs By the clock on the wall, as the request was: only where no verdict tells does it decide.
 */
export function hasWaited(
  { requestedAtMs }: Pick<Notification, 'requestedAtMs'>,
  { reason, attempts }: Pick<DeliveryRecord, 'reason' | 'attempts'>,
  nowMs: number,
): boolean {
  const isDeferred = reason !== null && reason !== 'outcome_unknown';
  const isTriedAgain = attempts > 0;
  return isDeferred || isTriedAgain || (requestedAtMs !== undefined && nowMs - requestedAtMs >= handOverMs);
}

/**
 * What each notification has to know of the shop to say whether it is overtaken, in their order. However many they
 * are, each kind of fact is one query.
 */
export async function shopFactsOf(
  { products, carts, orders, eventLog }: FactStores,
  notifications: readonly Asked[],
): Promise<readonly ShopFacts[]> {
  const [prices, inCart, statuses, paid] = await Promise.all([
    ask('price', notifications, async (asking) => {
      const found = await products.findMany(asking.map(({ subject }) => subject));
      return found.map((product) => product?.price);
    }),
    ask('isInCart', notifications, (asking) =>
      carts.hasMany(asking.map(({ customerId, subject: productId }) => ({ customerId, productId }))),
    ),
    ask('orderStatus', notifications, (asking) => orders.statuses(asking.map(({ subject }) => subject))),
    ask('isPaidSince', notifications, (asking) =>
      eventLog.areFollowedBy(
        'PaymentReceived',
        asking.map(({ causeId }) => causeId),
      ),
    ),
  ]);
  return notifications.map((asked) => ({
    ...prices.get(asked),
    ...inCart.get(asked),
    ...statuses.get(asked),
    ...paid.get(asked),
  }));
}

/** One kind of fact for those notifications that ask for it. */
async function ask<Fact extends ShopFact>(
  fact: Fact,
  notifications: readonly Asked[],
  lookUp: (asking: readonly Asked[]) => Promise<readonly ShopFacts[Fact][]>,
): Promise<ReadonlyMap<Asked, ShopFacts>> {
  const asking = notifications.filter(({ type }) => factsFor(type).includes(fact));
  if (asking.length === 0) return new Map();
  const answers = await lookUp(asking);
  return new Map(asking.map((asked, index) => [asked, { [fact]: answers[index] }]));
}
