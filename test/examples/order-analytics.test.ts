import { expect, it } from 'vitest';
import { orderAnalytics } from '../../examples/order-analytics.ts';
import { openShop, openShopWithOrder, placeOrder } from '../support/open-shop.ts';

it('each order counts in the status that it has now', async () => {
  const analytics = orderAnalytics();
  const shop = await openShopWithOrder();
  shop.bus.subscribe(analytics);
  for (const orderId of ['a', 'b', 'c', 'd']) await placeOrder(shop, orderId);

  await shop.ordering.shipOrder({ orderId: 'a' });
  await shop.ordering.deliverOrder({ orderId: 'a' });
  await shop.ordering.shipOrder({ orderId: 'b' });
  await shop.ordering.cancelOrder({ orderId: 'c', reason: 'customer_request' });
  await shop.settle();

  const counts = (['placed', 'shipped', 'delivered', 'cancelled'] as const).map(analytics.ordersIn);
  expect(counts).toEqual([1, 1, 1, 1]);
});

it('what was paid adds up by currency, and what failed does not', async () => {
  const analytics = orderAnalytics();
  const shop = await openShopWithOrder(2);
  shop.bus.subscribe(analytics);
  await placeOrder(shop, 'order-2', 1);

  await shop.billing.failPayment({ paymentId: 'pay-1', orderId: 'order-1', reason: 'card_declined' });
  await shop.billing.receivePayment({ paymentId: 'pay-2', orderId: 'order-1' });
  await shop.billing.receivePayment({ paymentId: 'pay-3', orderId: 'order-2' });
  await shop.settle();

  expect(analytics.revenueIn('USD')).toBe(3 * 3499);
  expect(analytics.revenueIn('EUR')).toBe(0);
});

it('a payment that is published twice is counted once', async () => {
  const analytics = orderAnalytics();
  const shop = await openShop();
  shop.bus.subscribe(analytics);
  const amount = { amount: 3499, currency: 'USD' };
  const data = { paymentId: 'pay-1', orderId: 'order-1', customerId: 'kim', amount };
  const event = shop.event({ type: 'PaymentReceived', data });

  await shop.bus.publish([event, event]);
  await shop.settle();

  expect(analytics.revenueIn('USD')).toBe(3499);
});
