/** What the examples run on: a shop, two customers, and a day of orders. */
import type { Subscriber } from '../src/bus/index.ts';
import type { Channel } from '../src/delivery/index.ts';
import type { ShopEvents } from '../src/events/index.ts';
import { createWorld, type World } from '../src/shop/index.ts';

export interface ShopDayOptions {
  subscribers?: readonly Subscriber<ShopEvents>[];
  channels?: readonly Channel[];
}

/**
 * One order is delivered, one is on its way, one is cancelled. The services and the architecture are the shop's own: what
 * is added comes in through the bus, and through the list of channels.
 */
export async function playShopDay({ subscribers = [], channels = [] }: ShopDayOptions): Promise<void> {
  const world = createWorld({ startMs: Date.parse('2026-03-02T10:00:00Z'), channels });
  for (const subscriber of subscribers) world.bus.subscribe(subscriber);
  await world.architecture.start();

  const { accounts, pricing, ordering, billing } = world.architecture.services;
  const home = { segment: 'gold', locale: 'en-GB', timeZone: 'Europe/London' } as const;
  const chat = { addresses: { chat: '@mia' }, preferences: { order_updates: { chat: true } } };
  await accounts.registerCustomer({
    customerId: 'mia',
    name: 'Mia',
    email: 'mia@example.com',
    ...home,
    ...chat,
  });
  await accounts.registerCustomer({ customerId: 'noah', name: 'Noah', email: 'noah@example.com', ...home });
  await pricing.addProduct({ productId: 'helmet', name: 'Helmet', price: { amount: 3499, currency: 'USD' } });

  const order = async (orderId: string, customerId: string) => {
    const lineItems = [{ lineItemId: `${orderId}-1`, productId: 'helmet', quantity: 1 }];
    await ordering.placeOrder({ orderId, customerId, lineItems });
  };
  const payAndShip = async (orderId: string) => {
    await billing.receivePayment({ paymentId: `payment-of-${orderId}`, orderId });
    await ordering.shipOrder({ orderId });
  };
  await order('order-1', 'mia');
  await payAndShip('order-1');
  await ordering.deliverOrder({ orderId: 'order-1' });
  await order('order-2', 'mia');
  await payAndShip('order-2');
  await order('order-3', 'noah');
  await ordering.cancelOrder({ orderId: 'order-3', reason: 'customer_request' });

  await world.finish();
  await complain(world);
  await world.close();
}

/** What failed is kept for whoever asks; an author is told without asking. */
async function complain({ bus, datastore }: World): Promise<void> {
  for (const { subscriber, messageType, error } of await bus.deadLetters())
    fail(`${subscriber} could not handle ${messageType}: ${error.message}`);
  for (const { notification, delivery, failure } of await datastore.ledger.deadLetters({ limit: 10 }))
    fail(`${delivery.channel} could not send ${notification.id}: ${failure?.errorMessage}`);
}

function fail(complaint: string): void {
  console.error(complaint);
  process.exitCode = 1;
}
