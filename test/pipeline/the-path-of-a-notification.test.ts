import { expect, test } from 'vitest';
import { aCustomer } from '../support/customers.ts';
import { anOpenShop } from './a-shop.ts';

const noon = '2026-03-02T12:00:00.000Z';

test('what happens in the shop passes stage after stage, and leaves an audit record a channel', async () => {
  const shop = await anOpenShop();

  await shop.ordering.shipOrder({ orderId: 'order-1' });
  await shop.settle();

  expect(shop.types()).toEqual([
    'OrderStatusChanged',
    'NotificationSubmitted',
    'NotificationValidated',
    'DeliveryRouted',
    'DeliveryRouted',
    'DeliverySent',
    'DeliverySent',
  ]);
  const record = {
    requestId: 'order-shipped:order-1:kim',
    userId: 'kim',
    outcome: 'sent',
    reason: 'sent',
    attempts: 1,
    time: noon,
  };
  expect(shop.audit).toEqual([
    { ...record, channel: 'email' },
    { ...record, channel: 'sms' },
  ]);
  expect(shop.emails.all()).toMatchObject([{ deliveryId: 'order-shipped:order-1:kim:email' }]);
});

test('everything that an event leads to has its correlation, and one hop more at each stage', async () => {
  const shop = await anOpenShop();

  await shop.ordering.shipOrder({ orderId: 'order-1' });
  await shop.settle();

  const [event, ...led] = shop.passed;
  expect(new Set(led.map(({ correlationId }) => correlationId))).toEqual(new Set([event?.correlationId]));
  expect(led.map(({ data }) => (data as { hops?: number }).hops)).toEqual([1, 2, 3, 3, 4, 4]);
});

test('one who is not to be told is on record too, with the reason', async () => {
  const shop = await anOpenShop({ customers: [aCustomer({ phone: null })] });

  await shop.ordering.shipOrder({ orderId: 'order-1' });
  await shop.settle();

  // Of two channels neither waits for the other.
  expect(shop.audit.toSorted((one, other) => one.channel.localeCompare(other.channel))).toMatchObject([
    { channel: 'email', outcome: 'sent' },
    { channel: 'sms', outcome: 'skipped', reason: 'no_contact', attempts: 0 },
  ]);
});

test('every channel that is running has a stage of its own, and each stage counts', async () => {
  const taken: string[] = [];
  const chat = {
    name: 'chat',
    templates: 'sms',
    send: async (_message: unknown, { idempotencyKey: id }: { idempotencyKey: string }) => {
      taken.push(id);
      return { id };
    },
  };
  const shop = await anOpenShop({
    customers: [aCustomer({ addresses: { chat: 'kim#1' } })],
    channels: [chat],
  });

  await shop.ordering.shipOrder({ orderId: 'order-1' });
  await shop.settle();

  expect(taken).toEqual(['order-shipped:order-1:kim:chat']);
  const counted = shop.architecture
    .statistics()
    .stages.map(({ stage, received, emitted }) => `${stage} ${received} ${emitted}`);
  expect(counted).toEqual([
    'translate 1 1',
    'validate 1 1',
    'route 1 3',
    'email 1 1',
    'sms 1 1',
    'chat 1 1',
    'other-channels 0 0',
    'audit 3 0',
  ]);
});

test('without an audit log of one’s own the records are in the log, which knows ids and codes alone', async () => {
  const shop = await anOpenShop({ audit: null });

  await shop.ordering.shipOrder({ orderId: 'order-1' });
  await shop.settle();

  const audited = shop.logged.map((line) => JSON.parse(line)).filter(({ text }) => text === 'audited');
  expect(audited).toMatchObject([
    { requestId: 'order-shipped:order-1:kim', channel: 'email', outcome: 'sent', endedAt: noon },
    { requestId: 'order-shipped:order-1:kim', channel: 'sms', outcome: 'sent', endedAt: noon },
  ]);
  for (const line of shop.logged) expect(line).not.toMatch(/kim@example|5550100|Kim Lund/);
});
