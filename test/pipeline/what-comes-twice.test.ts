import { expect, test } from 'vitest';
import { intercept } from '../../src/kernel/index.ts';
import { slowChannel } from '../support/channels.ts';
import { aCustomer, atNight } from '../support/customers.ts';
import { ledgerLines } from '../support/ledger.ts';
import { until } from '../support/until.ts';
import { anOpenShop, type PipelineBus, type Shop } from './a-shop.ts';

/** Hands every message of one subscriber to it twice, and throws away what came of the first time. */
const forgetting =
  (name: string) =>
  (bus: PipelineBus): PipelineBus =>
    intercept(bus, {
      instead: {
        subscribe: (subscriber) =>
          bus.subscribe({
            ...subscriber,
            async handle(message, context) {
              if (subscriber.name === name)
                await subscriber.handle(message, { ...context, publish: () => {} });
              await subscriber.handle(message, context);
            },
          }),
      },
    });

async function ship(shop: Shop): Promise<void> {
  await shop.ordering.shipOrder({ orderId: 'order-1' });
  await shop.settle();
}

const sentOnce = ['order-shipped kim email sent sent', 'order-shipped kim sms sent sent'];

test('an event that comes again, under an id of its own, tells nobody again', async () => {
  const shop = await anOpenShop();
  await ship(shop);

  const [event] = shop.passed;
  await shop.bus.publish([shop.event('OrderStatusChanged', event?.data as never)]);
  await shop.settle();

  expect(await ledgerLines(shop.datastore)).toEqual(sentOnce);
  expect([shop.emails.count, shop.texts.count]).toEqual([1, 1]);
  expect(shop.audit).toHaveLength(2);
});

test.each(['translate', 'validate', 'route', 'email', 'sms', 'audit'])(
  'a message of which %s has forgotten that it was handled is handled again, and sent once',
  async (stage) => {
    const shop = await anOpenShop({ alter: forgetting(`pipeline.${stage}`) });

    await ship(shop);

    expect(await ledgerLines(shop.datastore)).toEqual(sentOnce);
    expect([shop.emails.count, shop.texts.count]).toEqual([1, 1]);
  },
);

test('a message that comes again while its delivery is in hand is not even looked up', async () => {
  const sms = slowChannel('sms');
  const lookedUp: string[] = [];
  const shop = await anOpenShop({
    channels: [sms],
    watch: (ledger) => ({
      find(by, value) {
        lookedUp.push(value);
        return ledger.find(by, value);
      },
    }),
  });
  await shop.ordering.shipOrder({ orderId: 'order-1' });
  await until(() => sms.asked.length === 1);
  const routed = shop.passedOf('DeliveryRouted').find(({ data }) => data.channel === 'sms');

  await shop.bus.publish([shop.event('DeliveryRouted', routed?.data as never)]);
  await shop.bus.settle();
  sms.answer();
  await shop.settle();

  expect(shop.stage('sms')).toMatchObject({ received: 2, emitted: 1 });
  expect(sms.asked).toHaveLength(1);
  expect(lookedUp).toEqual([]);
});

test('a message to send what waits for the morning does not wake anybody', async () => {
  const shop = await anOpenShop({
    customers: [aCustomer({ quietHours: atNight })],
    nowMs: Date.parse('2026-03-02T23:30:00Z'),
  });
  await ship(shop);
  const routed = shop.passedOf('DeliveryRouted').find(({ data }) => data.channel === 'sms');

  await shop.bus.publish([shop.event('DeliveryRouted', routed?.data as never)]);
  await shop.settle();

  expect(shop.texts.count).toBe(0);
  const [entry] = await shop.datastore.ledger.find('id', 'order-shipped:order-1:kim');
  const verdicts = await shop.datastore.ledger.verdicts([entry?.notification.id ?? '']);
  expect(verdicts.map(({ channel, reason }) => `${channel} ${reason}`)).toEqual(['sms quiet_hours']);
});

test('what waited comes back to the stage of its channel when its time has come', async () => {
  const shop = await anOpenShop({
    customers: [aCustomer({ quietHours: atNight })],
    nowMs: Date.parse('2026-03-02T23:30:00Z'),
  });
  await ship(shop);

  await shop.advanceTo(Date.parse('2026-03-03T07:00:00Z'));

  expect(shop.texts.count).toBe(1);
  expect(shop.stage('sms')).toMatchObject({ received: 2, emitted: 1 });
  expect(shop.passedOf('DeliveryRouted').at(-1)).toMatchObject({
    correlationId: shop.passed[0]?.correlationId,
    data: { channel: 'sms', hops: 0 },
  });
  expect(shop.audit.at(-1)).toMatchObject({ channel: 'sms', time: '2026-03-03T07:00:00.000Z' });
});
