import { describe, expect, test } from 'vitest';
import { slowChannel } from '../support/channels.ts';
import { ledgerLines } from '../support/ledger.ts';
import { temporaryFile } from '../support/temporary-file.ts';
import { until } from '../support/until.ts';
import { anOpenShop } from './a-shop.ts';

describe('stopping', () => {
  test('finishes what was published before', async () => {
    const shop = await anOpenShop();
    await shop.ordering.shipOrder({ orderId: 'order-1' });

    await shop.architecture.stop();

    expect(shop.emails.count).toBe(1);
    expect(shop.audit).toHaveLength(2);
  });

  test('waits for a provider that has not answered yet, and still puts its end on record', async () => {
    const email = slowChannel('email');
    const shop = await anOpenShop({ channels: [email] });
    await shop.ordering.shipOrder({ orderId: 'order-1' });
    await until(() => email.asked.length === 1);

    let hasStopped = false;
    const stopping = shop.architecture.stop().then(() => {
      hasStopped = true;
    });
    for (let turn = 0; turn < 50; turn++) await new Promise(setImmediate);
    expect(hasStopped).toBe(false);
    email.answer();
    await stopping;

    expect(shop.audit.map(({ channel, outcome }) => `${channel} ${outcome}`).sort()).toEqual([
      'email sent',
      'sms sent',
    ]);
  });

  test('takes nothing new from then on, and is the end of no message of the others', async () => {
    const shop = await anOpenShop();
    await shop.architecture.stop();

    await shop.ordering.shipOrder({ orderId: 'order-1' });
    await shop.bus.settle();

    expect(shop.types()).toEqual(['OrderStatusChanged']);
    expect(await ledgerLines(shop.datastore)).toEqual([]);
    expect(await shop.bus.deadLetters()).toEqual([]);
  });
});

describe('a process that dies', () => {
  test('leaves what it had in hand to the next one, which sends it and puts it on record', async () => {
    const file = temporaryFile('shop.db');
    const email = slowChannel('email');
    const shop = await anOpenShop({ file, bus: 'durable', channels: [email] });
    await shop.ordering.shipOrder({ orderId: 'order-1' });
    await until(() => email.asked.length === 1 && shop.audit.length === 1);
    await shop.bus.settle();
    await shop.datastore.close();

    const next = await anOpenShop({ file, bus: 'durable', process: 2 });
    await next.settle();

    expect(await ledgerLines(next.datastore)).toEqual([
      'order-shipped kim email sent sent',
      'order-shipped kim sms sent sent',
    ]);
    expect(next.emails.count).toBe(1);
    expect(next.texts.count).toBe(0);
    expect(next.audit).toMatchObject([{ channel: 'email', outcome: 'sent' }]);
  });

  test('on a durable bus, leaves what no stage has handled to the next one', async () => {
    const file = temporaryFile('shop.db');
    const first = await anOpenShop({ file, bus: 'durable' });
    await first.architecture.stop();
    await first.ordering.shipOrder({ orderId: 'order-1' });
    await first.bus.close();
    await first.datastore.close();

    const next = await anOpenShop({ file, bus: 'durable', process: 2 });
    await next.settle();

    expect(next.audit.map(({ channel, outcome }) => `${channel} ${outcome}`)).toEqual([
      'email sent',
      'sms sent',
    ]);
  });
});
