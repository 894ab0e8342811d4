import { type Datastore, openDatastore } from '../../src/datastore/index.ts';
import type { MessageOf, ShopEvents } from '../../src/events/index.ts';
import { createIds, seededRandom, VirtualClock } from '../../src/kernel/index.ts';
import {
  type Command,
  createServices,
  type PlaceOrder,
  type RegisterCustomer,
  type ServicePorts,
  type Services,
} from '../../src/services/index.ts';

export const openedAt = '2026-03-02T10:00:00.000Z';

export interface Shop {
  services: Services;
  datastore: Datastore;
  /** Everything that was published, oldest first. */
  published: MessageOf<ShopEvents>[];
}

/** A shop in memory, with a publisher that only takes notes. */
export function openShop(overrides: Partial<ServicePorts> = {}): Shop {
  const clock = new VirtualClock(Date.parse(openedAt));
  const datastore = openDatastore();
  const published: MessageOf<ShopEvents>[] = [];
  const services = createServices({
    clock,
    ids: createIds(clock, seededRandom(1)),
    datastore,
    publisher: {
      async publish(messages) {
        published.push(...messages);
      },
    },
    ...overrides,
  });
  return { services, datastore, published };
}

export const kim: RegisterCustomer = {
  customerId: 'kim',
  name: 'Kim Lund',
  email: 'kim@example.com',
  segment: 'gold',
  locale: 'en-GB',
  timeZone: 'Europe/London',
};

export const usd = (amount: number) => ({ amount, currency: 'USD' });

export const twoHelmetsAndABell: PlaceOrder = {
  orderId: 'order-1',
  customerId: 'kim',
  lineItems: [
    { lineItemId: 'order-1-1', productId: 'helmet', quantity: 2 },
    { lineItemId: 'order-1-2', productId: 'bell', quantity: 1 },
  ],
};

/** A shop with Kim, two products, and what happened before the published events are looked at. */
export async function openStockedShop(): Promise<Shop> {
  const shop = openShop();
  const { accounts, pricing } = shop.services;
  await accounts.registerCustomer(kim);
  await pricing.addProduct({ productId: 'helmet', name: 'Helmet', price: usd(3499) });
  await pricing.addProduct({ productId: 'bell', name: 'Bell', price: usd(650) });
  shop.published.length = 0;
  return shop;
}

/** The same, with Kim's order of two line items. */
export async function openShopWithOrder(): Promise<Shop> {
  const shop = await openStockedShop();
  await shop.services.ordering.placeOrder(twoHelmetsAndABell);
  shop.published.length = 0;
  return shop;
}

/** Type and data of what was published: what a reader wants to see. */
export const facts = ({ published }: Shop) => published.map(({ type, data }) => ({ type, data }));

export const statusesOf = async ({ datastore }: Shop, orderId = 'order-1') => {
  const order = await datastore.orders.find(orderId);
  return { order: order?.status, lineItems: order?.lineItems.map(({ status }) => status) };
};

/** All that the shop remembers of the ids that these stories use. */
export async function memoryOf({ datastore }: Shop): Promise<unknown> {
  const { customers, products, promotions, carts, orders, payments, eventLog } = datastore;
  const ids = [
    'kim',
    'lee',
    'helmet',
    'bell',
    'euro-pump',
    'mirror',
    'order-1',
    'order-2',
    'pay-1',
    'pay-2',
    'spring',
  ];
  return Promise.all(
    ids.map(async (id) => ({
      id,
      customer: await customers.find(id),
      product: await products.find(id),
      promotion: await promotions.find(id),
      inCartsOf: await carts.customersWith(id, { afterCustomerId: '', limit: 100 }),
      order: await orders.find(id),
      payment: await payments.find(id),
      events: await eventLog.about(id),
    })),
  );
}

/** A command as a history would hold it, with its type checked. */
export const command = (value: Command): Command => value;
