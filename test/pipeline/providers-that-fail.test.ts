import { describe, expect, test } from 'vitest';
import { ChannelError } from '../../src/delivery/index.ts';
import { moodyChannel, slowChannel } from '../support/channels.ts';
import { aCustomer } from '../support/customers.ts';
import { ledgerLines } from '../support/ledger.ts';
import { minuteMs, noonMs } from '../support/requests.ts';
import { temporaryFile } from '../support/temporary-file.ts';
import { until } from '../support/until.ts';
import { anOpenShop } from './a-shop.ts';

const refusal = new ChannelError('permanent', { message: 'no' });
const notNow = new ChannelError('transient', { message: 'not now' });

describe('a provider that stalls', () => {
  test('holds up neither its own stage nor any other: messages are done with when they are in hand', async () => {
    const sms = slowChannel('sms');
    const shop = await anOpenShop({ channels: [sms] });

    await shop.ordering.shipOrder({ orderId: 'order-1' });
    await shop.ordering.deliverOrder({ orderId: 'order-1' });
    await shop.bus.settle();
    await until(() => shop.audit.length === 2);

    // Of one order: the second text waits for its turn behind the first.
    expect(sms.asked).toHaveLength(1);
    expect(shop.audit.map(({ channel }) => channel)).toEqual(['email', 'email']);
    sms.answer();
    await until(() => sms.asked.length === 2);
    sms.answer();
    await shop.settle();
    expect(shop.audit).toHaveLength(4);
  });
});

describe('a provider that is unavailable', () => {
  test('is asked again by a message, and the record says how often it was', async () => {
    const sms = moodyChannel('sms', notNow);
    const shop = await anOpenShop({ channels: [sms] });
    await shop.ordering.shipOrder({ orderId: 'order-1' });
    await shop.settle();
    expect(shop.audit.map(({ channel }) => channel)).toEqual(['email']);

    sms.mood = undefined;
    await shop.advanceTo(noonMs + minuteMs);

    expect(shop.passedOf('DeliveryRouted').map(({ data }) => data.channel)).toEqual(['email', 'sms', 'sms']);
    expect(shop.audit.at(-1)).toMatchObject({ channel: 'sms', outcome: 'sent', attempts: 2 });
  });

  test('does not come into the failures of its stage: they are its deliveries’', async () => {
    const shop = await anOpenShop({ channels: [moodyChannel('sms', notNow)] });

    await shop.ordering.shipOrder({ orderId: 'order-1' });
    await shop.settle();

    expect(shop.stage('sms')).toMatchObject({ received: 1, failed: 0 });
  });
});

describe('a delivery that is given up', () => {
  test('is on record as failed, and announced to those who run the shop, once', async () => {
    const shop = await anOpenShop({ channels: [moodyChannel('sms', refusal)] });

    await shop.ordering.shipOrder({ orderId: 'order-1' });
    await shop.settle();

    expect(shop.audit.find(({ channel }) => channel === 'sms')).toMatchObject({
      outcome: 'failed',
      reason: 'rejected',
      attempts: 1,
    });
    expect(shop.passedOf('DeadLetterAdded').map(({ data }) => data)).toEqual([
      {
        deadLetterId: 'order-shipped:order-1:kim:sms',
        kind: 'delivery',
        what: 'order-shipped',
        where: 'sms',
        reason: 'rejected',
        attempts: 1,
      },
    ]);
    const logged = await shop.datastore.eventLog.about('order-shipped:order-1:kim:sms');
    expect(logged).toEqual(shop.passedOf('DeadLetterAdded'));
  });

  test('goes the same way again when it is re-driven, and has a second record', async () => {
    const sms = moodyChannel('sms', refusal);
    const shop = await anOpenShop({ channels: [sms] });
    await shop.ordering.shipOrder({ orderId: 'order-1' });
    await shop.settle();

    sms.mood = undefined;
    await shop.architecture.redrive({ notificationId: 'order-shipped:order-1:kim', channel: 'sms' });
    await shop.settle();

    expect(await ledgerLines(shop.datastore)).toContain('order-shipped kim sms sent sent');
    expect(shop.audit.filter(({ channel }) => channel === 'sms').map(({ outcome }) => outcome)).toEqual([
      'failed',
      'sent',
    ]);
  });
});

test('what is left for a channel that is not running any more is not lost sight of', async () => {
  const file = temporaryFile('shop.db');
  const customers = [aCustomer({ addresses: { chat: 'kim#1' } })];
  const chat = { ...moodyChannel('sms', notNow), name: 'chat' };
  const shop = await anOpenShop({ file, customers, channels: [chat] });
  await shop.ordering.shipOrder({ orderId: 'order-1' });
  await shop.settle();
  await shop.architecture.stop();
  await shop.datastore.close();

  const next = await anOpenShop({ file, nowMs: noonMs + minuteMs, process: 2 });
  await next.settle();
  await next.advanceTo(noonMs + 10 * minuteMs);

  expect(await ledgerLines(next.datastore)).toContain('order-shipped kim chat dead_lettered internal_error');
  expect(next.stage('other-channels')?.received).toBeGreaterThan(0);
  expect(next.audit).toMatchObject([{ channel: 'chat', outcome: 'failed' }]);
});
