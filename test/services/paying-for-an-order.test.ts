import { expect, test } from 'vitest';
import { facts, openShopWithOrder, usd } from './shop.ts';

const total = usd(2 * 3499 + 650);

test('a payment is received over the total of the order', async () => {
  const shop = await openShopWithOrder();

  await shop.services.billing.receivePayment({ paymentId: 'pay-1', orderId: 'order-1' });

  expect(await shop.datastore.payments.find('pay-1')).toEqual({
    id: 'pay-1',
    orderId: 'order-1',
    amount: total,
    status: 'received',
  });
  const data = { paymentId: 'pay-1', orderId: 'order-1', customerId: 'kim', amount: total };
  expect(facts(shop)).toEqual([{ type: 'PaymentReceived', data }]);
});

test('a payment that fails says why, and how much was asked for', async () => {
  const shop = await openShopWithOrder();

  await shop.services.billing.failPayment({
    paymentId: 'pay-1',
    orderId: 'order-1',
    reason: 'card_declined',
  });

  expect(await shop.datastore.payments.find('pay-1')).toMatchObject({ status: 'failed', amount: total });
  const data = {
    paymentId: 'pay-1',
    orderId: 'order-1',
    customerId: 'kim',
    amount: total,
    reason: 'card_declined',
  };
  expect(facts(shop)).toEqual([{ type: 'PaymentFailed', data }]);
});

test('payment events are about the order, so that they stay in line with its other events', async () => {
  const shop = await openShopWithOrder();

  await shop.services.billing.receivePayment({ paymentId: 'pay-1', orderId: 'order-1' });

  expect(shop.published[0]).toMatchObject({ subject: 'order-1', source: '/services/billing' });
});

test('after an attempt that failed, another may succeed', async () => {
  const shop = await openShopWithOrder();
  const { billing } = shop.services;

  await billing.failPayment({ paymentId: 'pay-1', orderId: 'order-1', reason: 'card_declined' });
  await billing.receivePayment({ paymentId: 'pay-2', orderId: 'order-1' });

  expect(facts(shop).map(({ type }) => type)).toEqual(['PaymentFailed', 'PaymentReceived']);
});

test('an order can be paid for in any status', async () => {
  const shop = await openShopWithOrder();
  await shop.services.ordering.cancelOrder({ orderId: 'order-1', reason: 'customer_request' });

  await shop.services.billing.receivePayment({ paymentId: 'pay-1', orderId: 'order-1' });

  expect(facts(shop).at(-1)?.type).toBe('PaymentReceived');
});
