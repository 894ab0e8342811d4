import { expect, onTestFinished, test } from 'vitest';
import { type Channel, captureEmail } from '../../src/delivery/index.ts';
import { systemClock } from '../../src/kernel/index.ts';
import { createShop, type ShopOptions } from '../../src/shop/index.ts';
import { aPlace, asAdmin } from '../support/a-datastore.ts';
import { aWire } from './a-wire.ts';
import { eventually } from './deployment.ts';

const lines = 24;
const ordersOfALine = 3;

type Told = NonNullable<Parameters<Channel['send']>[0]['notification']>;

/** A process of its own, as far as the database can tell. */
async function aWorker(data: string, options: Partial<ShopOptions> = {}) {
  const told: Told[] = [];
  const captured = captureEmail({ clock: systemClock() });
  const channel: Channel = {
    ...captured,
    send(message, context) {
      if (message.notification) told.push(message.notification);
      return captured.send(message, context);
    },
  };
  const shop = await createShop({ data, channels: [channel], leaseMs: 1500, ...options });
  onTestFinished(() => shop.close());
  await shop.start();
  return { shop, told };
}

/** One order after the other is placed, shipped and delivered, in many lines at once. */
async function ordersCome({ accounts, ordering }: Awaited<ReturnType<typeof aWorker>>['shop']['services']) {
  const oneLine = async (line: number): Promise<void> => {
    const customerId = `kim-${line}`;
    for (let nr = 0; nr < ordersOfALine; nr++) {
      const orderId = `order-${line}-${nr}`;
      const lineItems = [{ lineItemId: `${orderId}-1`, productId: 'helmet', quantity: 1 }];
      await ordering.placeOrder({ orderId, customerId, lineItems });
      await ordering.shipOrder({ orderId });
      await ordering.deliverOrder({ orderId });
    }
  };
  for (let line = 0; line < lines; line++)
    await accounts.registerCustomer({
      customerId: `kim-${line}`,
      name: 'Kim',
      email: `kim-${line}@example.com`,
      segment: 'standard',
      locale: 'en-GB',
      timeZone: 'Europe/London',
    });
  await Promise.all(Array.from({ length: lines }, (_, line) => oneLine(line)));
}

test('over a network that takes 20 ms each way orders are told of once, in order, many at each way there, by whoever has the work', async () => {
  const place = await aPlace();
  const wire = await aWire(place);
  const far = await aWorker(wire.url);
  const near = await aWorker(place);
  const api = await aWorker(place, { part: 'stands-by' });
  const { services, datastore } = api.shop;
  await services.pricing.addProduct({
    productId: 'helmet',
    name: 'Helmet',
    price: { amount: 7900, currency: 'EUR' },
  });
  const holder = () => asAdmin('select token from notification_architectures.lease', place);
  const before = await holder();

  wire.slow(20);
  const waysBefore = wire.waysThereAndBack;
  await ordersCome(services);
  const count = lines * (1 + 3 * ordersOfALine);
  await eventually('all are told', () => far.told.length >= count);
  const ways = wire.waysThereAndBack - waysBefore;

  expect(ways / count).toBeLessThan(1);
  expect(await holder()).toEqual(before);
  expect(near.told).toEqual([]);
  expect(new Set(far.told.map(({ type, subject }) => `${type} ${subject}`)).size).toBe(count);
  const inOrder = ['order-confirmed', 'order-shipped', 'order-delivered'];
  for (const orderId of new Set(
    far.told.map(({ subject }) => subject).filter((id) => id.startsWith('order')),
  ))
    expect(far.told.filter(({ subject }) => subject === orderId).map(({ type }) => type)).toEqual(inOrder);
  wire.heal();
  await eventually('all are on record', async () => (await datastore.ledger.counts()).pending === 0);
  expect(await datastore.ledger.counts()).toMatchObject({ requested: count, sent: count });
  expect(await datastore.consumption.deadMessages(10)).toEqual([]);
});
