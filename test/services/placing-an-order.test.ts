import { expect, test } from 'vitest';
import { facts, openStockedShop, twoHelmetsAndABell, usd } from './shop.ts';

test('a product in the cart is announced, as so many more', async () => {
  const shop = await openStockedShop();

  await shop.services.ordering.addCartItem({ customerId: 'kim', productId: 'helmet', quantity: 1 });

  expect(await shop.datastore.carts.has('kim', 'helmet')).toBe(true);
  expect(facts(shop)).toEqual([
    { type: 'CartItemAdded', data: { customerId: 'kim', productId: 'helmet', quantity: 1 } },
  ]);
});

test('an order that is placed is announced with what was ordered, all of it pending', async () => {
  const shop = await openStockedShop();

  await shop.services.ordering.placeOrder(twoHelmetsAndABell);

  const item = { status: 'pending', trackingNumber: null };
  expect(await shop.datastore.orders.find('order-1')).toEqual({
    id: 'order-1',
    customerId: 'kim',
    status: 'placed',
    lineItems: [
      { id: 'order-1-1', productId: 'helmet', quantity: 2, unitPrice: usd(3499), ...item },
      { id: 'order-1-2', productId: 'bell', quantity: 1, unitPrice: usd(650), ...item },
    ],
  });
  const data = {
    orderId: 'order-1',
    customerId: 'kim',
    previousStatus: null,
    status: 'placed',
    reason: null,
    lineItems: [
      { lineItemId: 'order-1-1', productId: 'helmet', quantity: 2, unitPrice: usd(3499) },
      { lineItemId: 'order-1-2', productId: 'bell', quantity: 1, unitPrice: usd(650) },
    ],
  };
  expect(facts(shop)).toEqual([{ type: 'OrderStatusChanged', data }]);
});

test('placing an order takes its products, and only those, out of the cart', async () => {
  const shop = await openStockedShop();
  const { datastore } = shop;
  const { ordering } = shop.services;
  await ordering.addCartItem({ customerId: 'kim', productId: 'helmet', quantity: 5 });
  await ordering.addCartItem({ customerId: 'kim', productId: 'bell', quantity: 1 });
  const [helmets] = twoHelmetsAndABell.lineItems;

  await ordering.placeOrder({ ...twoHelmetsAndABell, lineItems: helmets ? [helmets] : [] });

  expect(await datastore.carts.has('kim', 'helmet')).toBe(false);
  expect(await datastore.carts.has('kim', 'bell')).toBe(true);
  expect(facts(shop).at(-1)).toEqual({
    type: 'CartItemRemoved',
    data: { customerId: 'kim', productId: 'helmet', quantity: 5, orderId: 'order-1' },
  });
});

test('what one command announces is one story', async () => {
  const shop = await openStockedShop();
  await shop.services.ordering.addCartItem({ customerId: 'kim', productId: 'helmet', quantity: 5 });

  await shop.services.ordering.placeOrder(twoHelmetsAndABell);

  const [placed, removed] = shop.published.slice(-2);
  expect(placed).toMatchObject({ type: 'OrderStatusChanged', correlationId: placed?.id });
  expect(removed).toMatchObject({
    type: 'CartItemRemoved',
    correlationId: placed?.id,
    causationId: placed?.id,
  });
});

test('a price that changes later does not change what was ordered', async () => {
  const { services, datastore } = await openStockedShop();
  await services.ordering.placeOrder(twoHelmetsAndABell);

  await services.pricing.updatePrice({ productId: 'helmet', price: usd(1) });

  const order = await datastore.orders.find('order-1');
  expect(order?.lineItems.map(({ unitPrice }) => unitPrice)).toEqual([usd(3499), usd(650)]);
});

test('one product may be on two line items of an order', async () => {
  const { services, datastore } = await openStockedShop();
  const lineItems = ['a', 'b'].map((lineItemId) => ({ lineItemId, productId: 'bell', quantity: 1 }));

  await services.ordering.placeOrder({ orderId: 'order-1', customerId: 'kim', lineItems });

  expect((await datastore.orders.find('order-1'))?.lineItems).toHaveLength(2);
});

test('two orders may name their line items alike', async () => {
  const { services, datastore } = await openStockedShop();
  const lineItems = [{ lineItemId: '1', productId: 'bell', quantity: 1 }];

  await services.ordering.placeOrder({ orderId: 'order-1', customerId: 'kim', lineItems });
  await services.ordering.placeOrder({ orderId: 'order-2', customerId: 'kim', lineItems });

  expect((await datastore.orders.find('order-2'))?.lineItems).toHaveLength(1);
});
