import {
  type Customer,
  type Datastore,
  type DeliveryRecord,
  type LedgerEntry,
  openDatastore,
} from '../src/datastore/index.ts';
import { createMessage, type MessageOf, type ShopEvents, shopEvents } from '../src/events/index.ts';
import { type Clock, createIds, type Ids, seededRandom, VirtualClock } from '../src/kernel/index.ts';
import { createNotification } from '../src/notifications/index.ts';

export const startMs = Date.parse('2026-03-02T12:00:00Z');

export interface BenchShop {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly datastore: Datastore;
}

export interface BenchShopOptions {
  /** Left out: memory. */
  file?: string;
  /** Default: one that stands still. */
  clock?: Clock;
  /** The caller's. Left out: opened here. */
  datastore?: Datastore;
  /** Whether nobody has quiet hours, for a clock that may show any hour. Default: every other customer has some. */
  isAlwaysAwake?: boolean;
}

/** A shop with so many customers, all with an address and a wish for every channel. */
export async function benchShop(
  customers: number,
  { file, clock = new VirtualClock(startMs), isAlwaysAwake = false, ...given }: BenchShopOptions = {},
): Promise<BenchShop> {
  const datastore = given.datastore ?? openDatastore(file === undefined ? {} : { file });
  await datastore.transaction(async (stores) => {
    for (let index = 0; index < customers; index++)
      await stores.customers.insert({ ...customer(index), ...(isAlwaysAwake && { quietHours: null }) });
  });
  return { clock, ids: createIds(clock, seededRandom(1)), datastore };
}

export const customerId = (index: number): string => `cust-${String(index).padStart(7, '0')}`;

function customer(index: number): Customer {
  return {
    id: customerId(index),
    name: `Customer ${index}`,
    email: `customer${index}@example.com`,
    phone: `+1555${String(index).padStart(7, '0')}`,
    addresses: {},
    segment: 'gold',
    locale: index % 4 === 0 ? 'de-DE' : 'en-US',
    timeZone: 'America/New_York',
    preferences: { order_updates: { email: true, sms: true }, price_alerts: { email: true, sms: true } },
    quietHours: index % 2 === 0 ? { start: '22:00', end: '07:00' } : null,
  };
}

/** Order `index` has shipped; its customer is one of `customers`. */
export function orderShipped(
  { clock, ids }: BenchShop,
  index: number,
  customers: number,
): MessageOf<ShopEvents> {
  return createMessage({ clock, ids }, shopEvents.OrderStatusChanged, {
    orderId: `ord-${index}`,
    customerId: customerId(index % customers),
    previousStatus: 'placed',
    status: 'shipped',
    reason: null,
    lineItems: null,
  });
}

/** What the ledger is told of it, before anything is sent: a mail and a text. */
export function inHand(cause: MessageOf<ShopEvents>): LedgerEntry {
  if (cause.type !== 'OrderStatusChanged') throw new TypeError(`not of an order: ${cause.type}`);
  const notification = createNotification({
    type: 'order-shipped',
    customerId: cause.data.customerId,
    about: cause.subject,
    cause,
    variables: { orderId: cause.subject },
  });
  const pending = {
    status: 'pending',
    reason: null,
    dueAtMs: null,
    settledAtMs: null,
    attempts: 0,
    receipt: null,
  } as const;
  const deliveries = ['email', 'sms'].map((channel) => {
    return { notificationId: notification.id, channel, ...pending };
  });
  return { notification: { requestedAtMs: startMs, ...notification }, deliveries };
}

/** What the ledger is told of a delivery that was sent at the first attempt. */
export const sent = (delivery: DeliveryRecord): DeliveryRecord => ({
  ...delivery,
  status: 'sent',
  reason: 'sent',
  settledAtMs: startMs,
  attempts: 1,
  receipt: 'captured-1',
});
