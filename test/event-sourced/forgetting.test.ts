import { describe, expect, it } from 'vitest';
import { openShopWithOrder, placeOrder } from '../support/open-shop.ts';
import { hourMs } from '../support/requests.ts';
import { dropProgress, itemEvent, openCorrelator, timesTold } from './shipments.ts';

const dayMs = 24 * hourMs;

describe('progress of an order', () => {
  it('goes when its customer has been told', async () => {
    const shop = await openShopWithOrder(2);

    await shop.publish(itemEvent(shop, 'order-1-1'), itemEvent(shop, 'order-1-2'));
    await shop.settle();

    expect(await dropProgress(shop)).toBe(0);
  });

  it('goes when it is delivered, complete or not', async () => {
    const shop = await openShopWithOrder(2);
    await shop.ordering.shipLineItem({ orderId: 'order-1', lineItemId: 'order-1-1' });
    await shop.ordering.shipOrder({ orderId: 'order-1' });
    await shop.ordering.deliverOrder({ orderId: 'order-1' });
    await shop.settle();

    expect(await dropProgress(shop)).toBe(0);
  });

  it('goes when it is cancelled', async () => {
    const shop = await openShopWithOrder(2);
    await shop.publish(itemEvent(shop, 'order-1-1', 'cancelled'));
    await shop.ordering.cancelOrder({ orderId: 'order-1', reason: 'out_of_stock' });
    await shop.settle();

    expect(await dropProgress(shop)).toBe(0);
  });
});

describe('an order that never ships whole', () => {
  it.each([
    [30, undefined],
    [7, 7],
  ])('is forgotten when nothing was heard of it for %i days', async (days, forgetAfterDays) => {
    const shop = await openCorrelator(forgetAfterDays === undefined ? {} : { forgetAfterDays });
    await placeOrder(shop, 'order-2');
    await shop.hear('order-1-1');

    await shop.advanceTo(shop.clock.now() + days * dayMs);
    await shop.hear('order-2-1', 'pending');
    expect(await shop.datastore.shipmentProgress.knows('order-1')).toBe(true);

    await shop.advanceTo(shop.clock.now() + hourMs);
    await shop.hear('order-2-1', 'pending');
    expect(await shop.datastore.shipmentProgress.knows('order-1')).toBe(false);
  });

  it('is not forgotten while something is heard of it', async () => {
    const shop = await openCorrelator({ forgetAfterDays: 30 });
    await shop.hear('order-1-1');
    await shop.advanceTo(shop.clock.now() + 20 * dayMs);
    await shop.hear('order-1-2');
    await shop.advanceTo(shop.clock.now() + 20 * dayMs);

    expect(await shop.hear('order-1-3')).toBe(true);
  });

  it('is remembered from the event log when something is heard of it after all', async () => {
    const shop = await openCorrelator({ forgetAfterDays: 30 });
    await shop.hear('order-1-1');
    await shop.hear('order-1-2');
    await shop.advanceTo(shop.clock.now() + 365 * dayMs);
    expect(await dropProgress(shop)).toBe(2);

    expect(await shop.hear('order-1-3')).toBe(true);
  });

  it('leaves no more behind than the others of the same month', async () => {
    const shop = await openCorrelator({ forgetAfterDays: 30 });
    const days = 120;
    for (let day = 1; day <= days; day++) {
      const orderId = `lost-${day}`;
      await placeOrder(shop, orderId, 2);
      await shop.hear(`${orderId}-1`);
      await shop.advanceTo(shop.clock.now() + dayMs);
    }

    expect(await dropProgress(shop)).toBeLessThanOrEqual(31);
  });
});

it('a customer who was told is not told again by an order that comes back from the log', async () => {
  const shop = await openShopWithOrder(2);
  await shop.publish(itemEvent(shop, 'order-1-1'), itemEvent(shop, 'order-1-2'));
  await shop.settle();
  await shop.advanceTo(shop.clock.now() + 365 * dayMs);

  await shop.publish(itemEvent(shop, 'order-1-1'));
  await shop.settle();

  expect(timesTold(shop)).toBe(1);
  expect(shop.decisions.at(-1)).toMatchObject({ reason: 'duplicate', status: 'sent' });
});
