import { expect, it } from 'vitest';
import { ledgerLines } from '../support/ledger.ts';
import { openShopWithOrder } from '../support/open-shop.ts';

const shipped = (orderId: string, customerId: string) => ({
  type: 'OrderStatusChanged' as const,
  data: {
    orderId,
    customerId,
    previousStatus: 'placed' as const,
    status: 'shipped' as const,
    reason: null,
    lineItems: null,
  },
});

it('an event about a customer whom nobody knows is a dead letter of the bus, and nothing is entered', async () => {
  const shop = await openShopWithOrder();
  const before = await ledgerLines(shop.datastore);

  await shop.publish(shop.event(shipped('order-9', 'nobody')));
  await shop.settle();

  expect(await shop.bus.deadLetters()).toMatchObject([
    {
      subscriber: 'notification-service',
      messageType: 'OrderStatusChanged',
      error: { code: 'unknown_recipient' },
    },
  ]);
  expect(await ledgerLines(shop.datastore)).toEqual(before);
});

it('an order that is confirmed but unknown is a dead letter too: its mail would have holes', async () => {
  const shop = await openShopWithOrder();
  const { data } = shipped('order-9', 'kim');

  await shop.publish(
    shop.event({ type: 'OrderStatusChanged', data: { ...data, previousStatus: null, status: 'placed' } }),
  );
  await shop.settle();

  expect(await shop.bus.deadLetters()).toMatchObject([{ error: { code: 'unknown_order' } }]);
});

it('it stops neither what comes after it nor the log from being clean', async () => {
  const shop = await openShopWithOrder();

  await shop.publish(shop.event(shipped('order-9', 'nobody')));
  await shop.ordering.shipOrder({ orderId: 'order-1' });
  await shop.settle();

  expect(await ledgerLines(shop.datastore)).toContain('order-shipped kim email sent sent');
  for (const text of ['kim@example.com', '15550100', 'Kim Lund'])
    expect(shop.logged.join()).not.toContain(text);
});

it('a reason for a cancellation that nobody has words for leaves its sentence out', async () => {
  const shop = await openShopWithOrder();

  await shop.ordering.cancelOrder({ orderId: 'order-1', reason: 'gremlins' });
  await shop.settle();

  const mail = shop.emails.all().find(({ deliveryId }) => deliveryId.startsWith('order-cancelled:'));
  expect(mail?.text).toContain('order-1');
  expect(mail?.text).not.toContain('gremlins');
});
