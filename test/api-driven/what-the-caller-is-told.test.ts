import { expect, onTestFinished, test } from 'vitest';
import {
  type ApiDriven,
  createApiDriven,
  createNotificationApi,
  createOutcomes,
  type HandOverName,
} from '../../src/api-driven/index.ts';
import { openDatastore } from '../../src/datastore/index.ts';
import { captureEmail, captureSms, DeliveryService, FaultyChannel } from '../../src/delivery/index.ts';
import { createIds, seededRandom, VirtualClock } from '../../src/kernel/index.ts';
import { stockSampleShop } from '../../src/shop/index.ts';

async function open(handOver: HandOverName) {
  const clock = new VirtualClock(Date.parse('2026-03-02T10:00:00Z'));
  const random = seededRandom(1);
  const datastore = openDatastore();
  await stockSampleShop(datastore);
  const sms = new FaultyChannel(captureSms(), { clock, random, faults: {} });
  const channels = [captureEmail({ clock }), sms];
  const shop = createApiDriven({
    clock,
    random,
    ids: createIds(clock, random),
    datastore,
    channels,
    handOver,
  });
  await shop.start();
  onTestFinished(async () => {
    await shop.stop();
    await datastore.close();
  });
  return { shop, clock, datastore, sms };
}

const statuses = (result: Awaited<ReturnType<ApiDriven['notifications']['outcomeOf']>>) =>
  result?.channels.map(({ channel, status, reason }) => [channel, status, reason].join(' '));

test('after the commit, a command answers what became of its notification on each channel', async () => {
  const { shop } = await open('after-commit');

  const shipped = await shop.services.ordering.shipOrder({ orderId: 'ord-1004' });
  const failed = await shop.services.billing.failPayment({
    paymentId: 'pay-1',
    orderId: 'ord-1003',
    reason: 'card_declined',
  });

  expect(shipped?.notificationId).toBe('order-shipped:ord-1004:dev');
  expect(statuses(shipped)).toEqual(['email sent sent', 'sms skipped no_contact']);
  expect(shipped?.channels[0]?.receipt).not.toBeNull();
  expect(statuses(failed)).toEqual(['email sent sent', 'sms sent sent']);
});

test('a provider that fails is an answer too', async () => {
  const { shop, sms } = await open('after-commit');
  sms.faults = { failureRate: 1 };

  const shipped = await shop.services.ordering.shipOrder({ orderId: 'ord-1001' });

  expect(statuses(shipped)).toEqual(['email sent sent', 'sms pending provider_unavailable']);
});

test('what tells nobody answers nothing; what tells many answers a summary', async () => {
  const { shop } = await open('after-commit');
  const { ordering, pricing } = shop.services;
  const price = { amount: 5900, currency: 'USD' };

  expect(await ordering.shipLineItem({ orderId: 'ord-1003', lineItemId: 'ord-1003-1' })).toBeUndefined();
  expect(await pricing.updatePrice({ productId: 'helmet', price })).toEqual({
    notifications: 4,
    deliveries: { sent: 4, skipped: 4, dead_lettered: 0, pending: 0 },
  });
  const none = { sent: 0, skipped: 0, dead_lettered: 0, pending: 0 };
  expect(await pricing.updatePrice({ productId: 'helmet', price })).toEqual({
    notifications: 0,
    deliveries: none,
  });
});

test('within the transaction, a command answers what is entered, and its outcome can be waited for', async () => {
  const { shop } = await open('transactional');

  const shipped = await shop.services.ordering.shipOrder({ orderId: 'ord-1004' });
  expect(statuses(shipped)).toEqual(['email pending ', 'sms pending ']);
  const outcome = await shop.notifications.outcomeOf(shipped?.notificationId ?? '', { withinMs: 2000 });

  expect(statuses(outcome)).toEqual(['email sent sent', 'sms skipped no_contact']);
});

test('who waits for an outcome waits no longer than it said', async () => {
  const { shop, clock, sms } = await open('transactional');
  sms.faults = { latencyMs: 20_000 };

  const shipped = await shop.services.ordering.shipOrder({ orderId: 'ord-1001' });
  const waiting = shop.notifications.outcomeOf(shipped?.notificationId ?? '', { withinMs: 2000 });
  await shop.settle();
  await clock.advanceTo(clock.now() + 2000, () => shop.settle());

  expect(statuses(await waiting)).toEqual(['email sent sent', 'sms pending ']);
});

test('the notifier can be called by whoever has something to say', async () => {
  const clock = new VirtualClock(Date.parse('2026-03-02T10:00:00Z'));
  const datastore = openDatastore();
  await stockSampleShop(datastore);
  const channels = [captureEmail({ clock }), captureSms()];
  const outcomes = createOutcomes({ clock, datastore });
  const delivery = new DeliveryService({ clock, datastore, channels, onDecision: outcomes.note });
  const notifier = createNotificationApi(delivery, channels, outcomes);
  await delivery.start();

  const cause = { id: 'call-1', subject: 'ada', time: '2026-03-02T10:00:00Z', correlationId: 'call-1' };
  const { channels: told } = await notifier.notify({
    type: 'welcome',
    customerId: 'ada',
    cause,
    about: 'ada',
    variables: {},
  });

  expect(told.map(({ channel, status }) => `${channel} ${status}`)).toEqual(['email sent']);
  await delivery.stop();
  await datastore.close();
});

test('there is no outcome of what was never asked for', async () => {
  const { shop } = await open('transactional');

  expect(await shop.notifications.outcomeOf('order-shipped:none:dev', { withinMs: 2000 })).toBeUndefined();
});

test('what the shop refuses within the transaction enters nothing', async () => {
  const { shop, datastore } = await open('transactional');
  await shop.services.ordering.shipOrder({ orderId: 'ord-1001' });
  await shop.settle();
  const before = await datastore.ledger.counts();

  await expect(shop.services.ordering.shipOrder({ orderId: 'ord-1001' })).rejects.toMatchObject({
    code: 'wrong_order_status',
  });

  expect(await datastore.ledger.counts()).toEqual(before);
});
