import { expect, test } from 'vitest';
import type { DurableEventBus } from '../../src/bus/index.ts';
import type { pipelineMessages } from '../../src/pipeline/index.ts';
import { ledgerLines } from '../support/ledger.ts';
import { minuteMs, noonMs } from '../support/requests.ts';
import { anOpenShop, type Shop } from './a-shop.ts';

const placed = (shop: Shop, orderId: string) =>
  shop.event('OrderStatusChanged', {
    orderId,
    customerId: 'kim',
    previousStatus: null,
    status: 'placed',
    reason: null,
    lineItems: null,
  });

test('an event of an order that nobody knows is a dead letter of the bus, not of the pipeline', async () => {
  const shop = await anOpenShop();

  await shop.bus.publish([placed(shop, 'order-9')]);
  await shop.settle();

  expect(await shop.bus.deadLetters()).toMatchObject([
    { subscriber: 'pipeline.translate', error: { code: 'unknown_order' }, attempts: 1 },
  ]);
  expect(shop.architecture.deadLetters()).toEqual([]);
});

test('on a durable bus it is tried again first, and can be re-driven when the order is known', async () => {
  const shop = await anOpenShop({ bus: 'durable' });
  await shop.bus.publish([placed(shop, 'order-9')]);
  await shop.settle();
  await shop.advanceTo(noonMs + 5 * minuteMs);
  const [letter] = await shop.bus.deadLetters();
  expect(letter).toMatchObject({ subscriber: 'pipeline.translate', attempts: 3 });
  expect(shop.stage('translate')).toMatchObject({ received: 3, retried: 2, failed: 3 });

  const item = {
    id: 'order-9-1',
    productId: 'helmet',
    quantity: 1,
    unitPrice: { amount: 3499, currency: 'USD' },
    status: 'pending' as const,
    trackingNumber: null,
  };
  const order = { id: 'order-9', customerId: 'kim', status: 'placed' as const, lineItems: [item] };
  await shop.datastore.orders.insert(order);
  await (shop.bus as DurableEventBus<typeof pipelineMessages>).redrive(letter?.id ?? '');
  await shop.settle();

  expect(await ledgerLines(shop.datastore)).toEqual([
    'order-confirmed kim email sent sent',
    'order-confirmed kim sms sent sent',
  ]);
});

test('any number of them in a row stops no stage', async () => {
  const shop = await anOpenShop();

  await shop.bus.publish(Array.from({ length: 30 }, (_, index) => placed(shop, `unknown-${index}`)));
  await shop.settle();
  await shop.ordering.shipOrder({ orderId: 'order-1' });
  await shop.settle();

  expect(shop.stage('translate')).toMatchObject({ failed: 30, isStopped: false });
  expect(shop.emails.count).toBe(1);
});

test('a customer whom nobody knows is refused by validation, and nothing is entered in the ledger', async () => {
  const shop = await anOpenShop();

  await shop.bus.publish([shop.event('CustomerRegistered', { customerId: 'nobody', profile: null })]);
  await shop.settle();

  expect(shop.passedOf('NotificationFailed')).toMatchObject([
    { data: { requestId: 'welcome:nobody:nobody', userId: 'nobody', reasons: [{ code: 'unknown_user' }] } },
  ]);
  expect(await ledgerLines(shop.datastore)).toEqual([]);
  expect(await shop.bus.deadLetters()).toEqual([]);
});

test('an audit log that fails costs a record, and no delivery', async () => {
  const shop = await anOpenShop({
    audit() {
      throw new Error('the disk is full');
    },
  });

  await shop.ordering.shipOrder({ orderId: 'order-1' });
  await shop.settle();

  expect(await ledgerLines(shop.datastore)).toEqual([
    'order-shipped kim email sent sent',
    'order-shipped kim sms sent sent',
  ]);
  expect(await shop.bus.deadLetters()).toMatchObject([
    { subscriber: 'pipeline.audit', messageType: 'DeliverySent' },
    { subscriber: 'pipeline.audit', messageType: 'DeliverySent' },
  ]);
});
