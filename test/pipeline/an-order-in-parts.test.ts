import { expect, test } from 'vitest';
import { anOpenShop, type Shop } from './a-shop.ts';

const item = (shop: Shop, lineItemId: string, status: 'pending' | 'shipped' | 'delivered' = 'shipped') =>
  shop.event('LineItemStatusChanged', {
    orderId: 'order-1',
    customerId: 'kim',
    lineItemId,
    productId: 'helmet',
    quantity: 1,
    previousStatus: 'pending',
    status,
  });

const timesTold = ({ emails }: Shop): number =>
  emails.all().filter(({ deliveryId }) => deliveryId.startsWith('order-complete:')).length;

test('an order is complete when its last line item ships, and not before', async () => {
  const shop = await anOpenShop();

  await shop.ordering.shipLineItem({ orderId: 'order-1', lineItemId: 'order-1-2', trackingNumber: 'T-2' });
  await shop.settle();
  expect(timesTold(shop)).toBe(0);
  await shop.ordering.shipLineItem({ orderId: 'order-1', lineItemId: 'order-1-1', trackingNumber: 'T-1' });
  await shop.settle();

  expect(timesTold(shop)).toBe(1);
  expect(shop.emails.all()[0]?.text).toMatch(/T-1[\s\S]*T-2/);
});

test('late, early and repeated events complete it once', async () => {
  const shop = await anOpenShop();

  await shop.bus.publish([
    item(shop, 'order-1-2', 'delivered'),
    item(shop, 'order-1-2'),
    item(shop, 'order-1-1'),
    item(shop, 'order-1-1', 'pending'),
    item(shop, 'order-1-1'),
  ]);
  await shop.settle();

  expect(timesTold(shop)).toBe(1);
});

test('so does the last of them when it comes after the order was delivered', async () => {
  const shop = await anOpenShop();
  await shop.bus.publish([item(shop, 'order-1-1')]);
  await shop.bus.publish([
    shop.event('OrderStatusChanged', {
      orderId: 'order-1',
      customerId: 'kim',
      previousStatus: 'placed',
      status: 'delivered',
      reason: null,
      lineItems: null,
    }),
  ]);
  await shop.settle();

  await shop.bus.publish([item(shop, 'order-1-2')]);
  await shop.settle();

  expect(timesTold(shop)).toBe(1);
});
