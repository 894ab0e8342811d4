import { expect, it } from 'vitest';
import { loyaltyPoints } from '../../examples/loyalty-points.ts';
import { ledgerLines } from '../support/ledger.ts';
import { openShopWithOrder, placeOrder } from '../support/open-shop.ts';

it('every order that is delivered earns its customer a hundred points', async () => {
  const shop = await openShopWithOrder();
  const points = loyaltyPoints();
  shop.bus.subscribe(points);
  await placeOrder(shop, 'order-2');

  for (const orderId of ['order-1', 'order-2']) {
    await shop.ordering.shipOrder({ orderId });
    expect(points.pointsOf('kim')).toBe(orderId === 'order-1' ? 0 : 100);
    await shop.ordering.deliverOrder({ orderId });
    await shop.settle();
  }

  expect(points.pointsOf('kim')).toBe(200);
  expect(points.pointsOf('nobody')).toBe(0);
});

it('an event that is published again, under the same id or another, earns nothing', async () => {
  const shop = await openShopWithOrder();
  const points = loyaltyPoints();
  shop.bus.subscribe(points);
  await shop.ordering.shipOrder({ orderId: 'order-1' });
  await shop.ordering.deliverOrder({ orderId: 'order-1' });
  const [delivered] = (await shop.datastore.eventLog.about('order-1')).slice(-1);

  await shop.bus.publish([delivered as never, { ...delivered, id: 'another-id' } as never]);
  await shop.settle();

  expect(points.pointsOf('kim')).toBe(100);
});

it('the customers are told exactly what they are told without it', async () => {
  const lines = await Promise.all(
    [true, false].map(async (isAdded) => {
      const shop = await openShopWithOrder();
      if (isAdded) shop.bus.subscribe(loyaltyPoints());
      await shop.ordering.shipOrder({ orderId: 'order-1' });
      await shop.ordering.deliverOrder({ orderId: 'order-1' });
      await shop.settle();
      return ledgerLines(shop.datastore);
    }),
  );

  expect(lines[0]).toEqual(lines[1]);
});
