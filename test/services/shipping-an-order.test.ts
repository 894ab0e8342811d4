import { expect, test } from 'vitest';
import { facts, openShopWithOrder, statusesOf } from './shop.ts';

const orderChange = (previousStatus: string, status: string) => ({
  type: 'OrderStatusChanged',
  data: { orderId: 'order-1', customerId: 'kim', previousStatus, status, reason: null, lineItems: null },
});

test('an order that ships at once takes all its line items with it, and says so once', async () => {
  const shop = await openShopWithOrder();

  await shop.services.ordering.shipOrder({ orderId: 'order-1' });

  expect(await statusesOf(shop)).toEqual({ order: 'shipped', lineItems: ['shipped', 'shipped'] });
  expect(facts(shop)).toEqual([orderChange('placed', 'shipped')]);
});

test('a line item that ships leaves the order and the other line items as they are', async () => {
  const shop = await openShopWithOrder();

  await shop.services.ordering.shipLineItem({
    orderId: 'order-1',
    lineItemId: 'order-1-1',
    trackingNumber: 'AW1',
  });

  expect(await statusesOf(shop)).toEqual({ order: 'placed', lineItems: ['shipped', 'pending'] });
  expect((await shop.datastore.orders.find('order-1'))?.lineItems[0]?.trackingNumber).toBe('AW1');
  const data = {
    orderId: 'order-1',
    customerId: 'kim',
    lineItemId: 'order-1-1',
    productId: 'helmet',
    quantity: 2,
    previousStatus: 'pending',
    status: 'shipped',
    trackingNumber: 'AW1',
  };
  expect(facts(shop)).toEqual([{ type: 'LineItemStatusChanged', data }]);
});

test('the last line item to ship leaves the order placed too', async () => {
  const shop = await openShopWithOrder();

  await shop.services.ordering.shipLineItem({ orderId: 'order-1', lineItemId: 'order-1-2' });
  await shop.services.ordering.shipLineItem({ orderId: 'order-1', lineItemId: 'order-1-1' });

  expect(await statusesOf(shop)).toEqual({ order: 'placed', lineItems: ['shipped', 'shipped'] });
  expect(facts(shop).map(({ type }) => type)).toEqual(['LineItemStatusChanged', 'LineItemStatusChanged']);
});

test('a parcel without a tracking number has none in its event, not even an empty one', async () => {
  const shop = await openShopWithOrder();

  await shop.services.ordering.shipLineItem({ orderId: 'order-1', lineItemId: 'order-1-1' });

  expect(shop.published[0]?.data).not.toHaveProperty('trackingNumber');
});

test('the rest of an order can ship at once after its first parcel, which keeps its tracking number', async () => {
  const shop = await openShopWithOrder();
  const { ordering } = shop.services;
  await ordering.shipLineItem({ orderId: 'order-1', lineItemId: 'order-1-1', trackingNumber: 'AW1' });

  await ordering.shipOrder({ orderId: 'order-1' });

  expect(await statusesOf(shop)).toEqual({ order: 'shipped', lineItems: ['shipped', 'shipped'] });
  const order = await shop.datastore.orders.find('order-1');
  expect(order?.lineItems.map(({ trackingNumber }) => trackingNumber)).toEqual(['AW1', null]);
});

test('a shipped order is delivered with all its line items', async () => {
  const shop = await openShopWithOrder();
  await shop.services.ordering.shipOrder({ orderId: 'order-1' });

  await shop.services.ordering.deliverOrder({ orderId: 'order-1' });

  expect(await statusesOf(shop)).toEqual({ order: 'delivered', lineItems: ['delivered', 'delivered'] });
  expect(facts(shop).at(-1)).toEqual(orderChange('shipped', 'delivered'));
});

test('an order whose line items all shipped one by one is delivered from placed', async () => {
  const shop = await openShopWithOrder();
  for (const lineItemId of ['order-1-1', 'order-1-2']) {
    await shop.services.ordering.shipLineItem({ orderId: 'order-1', lineItemId });
  }

  await shop.services.ordering.deliverOrder({ orderId: 'order-1' });

  expect(await statusesOf(shop)).toEqual({ order: 'delivered', lineItems: ['delivered', 'delivered'] });
  expect(facts(shop).at(-1)).toEqual(orderChange('placed', 'delivered'));
});

test('a cancelled order says why, and takes its line items with it', async () => {
  const shop = await openShopWithOrder();

  await shop.services.ordering.cancelOrder({ orderId: 'order-1', reason: 'customer_request' });

  expect(await statusesOf(shop)).toEqual({ order: 'cancelled', lineItems: ['cancelled', 'cancelled'] });
  const { type, data } = orderChange('placed', 'cancelled');
  expect(facts(shop)).toEqual([{ type, data: { ...data, reason: 'customer_request' } }]);
});
