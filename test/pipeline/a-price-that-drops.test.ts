import { expect, test } from 'vitest';
import { InMemoryEventBus } from '../../src/bus/index.ts';
import { createIds, seededRandom, VirtualClock } from '../../src/kernel/index.ts';
import { pipelineMessages, validateStage } from '../../src/pipeline/index.ts';
import { Pipeline } from '../../src/pipeline-runtime/index.ts';
import { aCustomer } from '../support/customers.ts';
import { noonMs } from '../support/requests.ts';
import { anOpenShop, type Shop, type ShopStory } from './a-shop.ts';

async function aShopWithCarts(carts: number, story: ShopStory = {}): Promise<Shop> {
  const customers = Array.from({ length: carts }, (_, index) =>
    aCustomer({ id: `customer-${index}`, phone: null }),
  );
  const shop = await anOpenShop({ customers, ...story });
  await shop.datastore.transaction(async (stores) => {
    for (const { id: customerId } of customers)
      await stores.carts.add({ customerId, productId: 'helmet', quantity: 1 });
  });
  return shop;
}

const setPrice = async (shop: Shop, amount: number): Promise<void> => {
  await shop.pricing.updatePrice({ productId: 'helmet', price: { amount, currency: 'USD' } });
  await shop.settle();
};

test.each([999, 1000, 1001, 2345])(
  'everybody with the product in the cart is told, once, be it %i',
  async (carts) => {
    const shop = await aShopWithCarts(carts);

    await setPrice(shop, 2999);

    const told = shop.emails.all().map(({ deliveryId }) => deliveryId);
    expect(told).toHaveLength(carts);
    expect(new Set(told).size).toBe(carts);
  },
);

test('a page is asked for when the one before is through: memory does not grow with the carts', async () => {
  const shop = await aShopWithCarts(2345);
  let underWay = 0;
  let most = 0;
  shop.bus.subscribe({
    name: 'counter',
    handles: ['NotificationSubmitted', 'DeliveryRouted'],
    async handle({ type, data }) {
      if (type === 'NotificationSubmitted') underWay++;
      else if (data.channel === 'email') underWay--;
      most = Math.max(most, underWay);
    },
  });

  await setPrice(shop, 2999);

  expect(shop.passedOf('PriceDropContinued')).toHaveLength(2);
  expect(most).toBeLessThan(1100);
});

test('the pages do not count as hops: there may be more of them than hops are allowed', async () => {
  const shop = await aShopWithCarts(2345, { settings: { maxHops: 4 } });

  await setPrice(shop, 2999);

  expect(shop.emails.count).toBe(2345);
  expect(shop.architecture.deadLetters()).toEqual([]);
});

test('a customer who is refused at the end of a page does not end it', async () => {
  const clock = new VirtualClock(noonMs);
  const random = seededRandom(1);
  const ids = createIds(clock, random);
  const bus = new InMemoryEventBus({ catalogue: pipelineMessages, clock });
  const passed: string[] = [];
  bus.subscribe({ name: 'onlooker', handles: '*', handle: async ({ type }) => void passed.push(type) });
  const stages = [validateStage(async () => [{ code: 'unknown_user', words: 'nobody is known as kim' }])];
  const pipeline = new Pipeline({ bus, clock, ids, random, stages });
  pipeline.start();
  const shop = await aShopWithCarts(1000);
  await setPrice(shop, 2999);
  const last = shop.passedOf('NotificationSubmitted').at(-1);
  expect(last?.data.rest).toMatchObject({ productId: 'helmet' });

  if (last !== undefined) await pipeline.submit([last]);
  await pipeline.settle();

  expect(passed).toEqual(['NotificationSubmitted', 'NotificationFailed', 'PriceDropContinued']);
});

test('a price that rises, or stays, is no news', async () => {
  const shop = await aShopWithCarts(3);

  await setPrice(shop, 3999);
  await setPrice(shop, 3999);

  expect(shop.types()).toEqual(['PriceChanged']);
});
