import { describe, expect, it } from 'vitest';
import type { LineItemStatus } from '../../src/events/index.ts';
import { openShopWithOrder, placeOrder } from '../support/open-shop.ts';
import { dropProgress, itemEvent, timesTold } from './shipments.ts';

const three = ['order-1-1', 'order-1-2', 'order-1-3'];

it('an order is complete when its last line item ships, and not before', async () => {
  const shop = await openShopWithOrder(3);

  const told: number[] = [];
  for (const lineItemId of three) {
    await shop.ordering.shipLineItem({ orderId: 'order-1', lineItemId });
    await shop.settle();
    told.push(timesTold(shop));
  }

  expect(told).toEqual([0, 0, 1]);
});

it('an order of one line item is complete at once', async () => {
  const shop = await openShopWithOrder(1);

  await shop.ordering.shipLineItem({ orderId: 'order-1', lineItemId: 'order-1-1' });
  await shop.settle();

  expect(timesTold(shop)).toBe(1);
});

it('two orders whose line items arrive in turns do not complete each other', async () => {
  const shop = await openShopWithOrder(2);
  await placeOrder(shop, 'order-2', 2);

  await shop.publish(
    itemEvent(shop, 'order-1-1'),
    itemEvent(shop, 'order-2-1'),
    itemEvent(shop, 'order-2-2'),
  );
  await shop.settle();

  expect([timesTold(shop, 'order-1'), timesTold(shop, 'order-2')]).toEqual([0, 1]);
});

describe('events of line items', () => {
  it('may come out of order: delivered before shipped, shipped before pending', async () => {
    const shop = await openShopWithOrder(2);
    const history: [string, LineItemStatus][] = [
      ['order-1-2', 'delivered'],
      ['order-1-2', 'shipped'],
      ['order-1-1', 'shipped'],
      ['order-1-1', 'pending'],
    ];

    await shop.publish(...history.map(([item, status]) => itemEvent(shop, item, status)));
    await shop.settle();

    expect(timesTold(shop)).toBe(1);
  });

  it.each([
    ['under the same id', true],
    ['under ids of their own', false],
  ])('may come twice, %s', async (_, isSameId) => {
    const shop = await openShopWithOrder(2);
    const events = ['order-1-1', 'order-1-2'].map((item) => itemEvent(shop, item));
    const again = isSameId ? events : ['order-1-1', 'order-1-2'].map((item) => itemEvent(shop, item));

    await shop.publish(...events, ...again);
    await shop.settle();
    await shop.publish(...again);
    await shop.settle();

    expect(timesTold(shop)).toBe(1);
  });

  it('do not stand for each other: one item twice is not two items', async () => {
    const shop = await openShopWithOrder(2);

    await shop.publish(itemEvent(shop, 'order-1-1'), itemEvent(shop, 'order-1-1'));
    await shop.settle();

    expect(timesTold(shop)).toBe(0);
  });

  it('may come late, when the order is complete', async () => {
    const shop = await openShopWithOrder(2);
    await shop.publish(itemEvent(shop, 'order-1-1'), itemEvent(shop, 'order-1-2'));
    await shop.settle();

    await shop.publish(itemEvent(shop, 'order-1-2', 'delivered'));
    await shop.settle();

    expect(timesTold(shop)).toBe(1);
    expect(await dropProgress(shop)).toBe(0);
  });

  it('may come late, when the order is delivered', async () => {
    const shop = await openShopWithOrder(2);
    for (const lineItemId of ['order-1-1', 'order-1-2']) {
      await shop.ordering.shipLineItem({ orderId: 'order-1', lineItemId });
    }
    await shop.ordering.deliverOrder({ orderId: 'order-1' });
    await shop.settle();

    await shop.publish(itemEvent(shop, 'order-1-1', 'delivered'));
    await shop.settle();

    expect(timesTold(shop)).toBe(1);
    expect(await dropProgress(shop)).toBe(0);
  });
});

describe('a cancelled line item', () => {
  it('drops out: the others make the order complete', async () => {
    const shop = await openShopWithOrder(3);

    await shop.publish(itemEvent(shop, 'order-1-1'), itemEvent(shop, 'order-1-2', 'cancelled'));
    await shop.settle();
    expect(timesTold(shop)).toBe(0);

    await shop.publish(itemEvent(shop, 'order-1-3'));
    await shop.settle();
    expect(timesTold(shop)).toBe(1);
  });

  it('makes the order complete when it was the only one that was missing', async () => {
    const shop = await openShopWithOrder(2);

    await shop.publish(itemEvent(shop, 'order-1-1'), itemEvent(shop, 'order-1-2', 'cancelled'));
    await shop.settle();

    expect(timesTold(shop)).toBe(1);
  });

  it('makes nothing complete when there are no others', async () => {
    const shop = await openShopWithOrder(2);

    await shop.publish(...['order-1-1', 'order-1-2'].map((item) => itemEvent(shop, item, 'cancelled')));
    await shop.settle();

    expect(timesTold(shop)).toBe(0);
  });
});

it('an order that was cancelled is never complete', async () => {
  const shop = await openShopWithOrder(2);
  await shop.ordering.cancelOrder({ orderId: 'order-1', reason: 'customer_request' });
  await shop.settle();

  await shop.publish(itemEvent(shop, 'order-1-1'), itemEvent(shop, 'order-1-2'));
  await shop.settle();

  expect(timesTold(shop)).toBe(0);
});

it('an order that ships as a whole is shipped, and not complete', async () => {
  const shop = await openShopWithOrder(2);

  await shop.ordering.shipOrder({ orderId: 'order-1' });
  await shop.settle();

  expect(timesTold(shop)).toBe(0);
});
