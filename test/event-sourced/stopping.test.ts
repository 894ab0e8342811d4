import { expect, it } from 'vitest';
import { slowChannel } from '../support/channels.ts';
import { ledgerLines } from '../support/ledger.ts';
import { kim, openShop, openShopWithOrder } from '../support/open-shop.ts';
import { hourMs } from '../support/requests.ts';
import { temporaryFile } from '../support/temporary-file.ts';
import { until } from '../support/until.ts';

it('stopping finishes what was published before', async () => {
  const shop = await openShopWithOrder();
  await shop.ordering.shipOrder({ orderId: 'order-1' });

  await shop.architecture.stop();

  expect(await ledgerLines(shop.datastore)).toContain('order-shipped kim email sent sent');
});

it('stopping waits for a provider that has not answered yet', async () => {
  const email = slowChannel('email');
  const shop = await openShop({ channels: [email] });
  await shop.accounts.registerCustomer(kim());
  await until(() => email.asked.length === 1);

  let hasStopped = false;
  const stopping = shop.architecture.stop().then(() => {
    hasStopped = true;
  });
  await new Promise(setImmediate);
  expect(hasStopped).toBe(false);

  email.answer();
  await stopping;
  expect(await ledgerLines(shop.datastore)).toEqual(['welcome kim email sent sent']);
});

it('nobody is told of what happens after it', async () => {
  const shop = await openShopWithOrder();
  await shop.architecture.stop();

  await shop.ordering.shipOrder({ orderId: 'order-1' });
  await shop.settle();

  expect((await ledgerLines(shop.datastore)).filter((line) => line.startsWith('order-shipped'))).toEqual([]);
});

it('the bus goes on for everyone else', async () => {
  const shop = await openShopWithOrder();
  const heard: string[] = [];
  shop.bus.subscribe({
    name: 'somebody-else',
    handles: '*',
    handle: async ({ type }) => void heard.push(type),
  });
  await shop.architecture.stop();

  await shop.ordering.shipOrder({ orderId: 'order-1' });
  await shop.settle();

  expect(heard).toEqual(['OrderStatusChanged']);
});

it('what waits for the morning stays in the ledger, and is the next process’s', async () => {
  const file = temporaryFile('shop.db');
  const nowMs = Date.parse('2026-03-02T23:30:00.000Z');
  const evening = await openShopWithOrder(1, { file, nowMs });
  const quietHours = { start: '22:00', end: '07:00' };
  await evening.accounts.registerCustomer(kim({ customerId: 'lee', quietHours }));
  const lineItems = [{ lineItemId: 'order-2-1', productId: 'helmet', quantity: 1 }];
  await evening.ordering.placeOrder({ orderId: 'order-2', customerId: 'lee', lineItems });
  await evening.architecture.stop();
  expect(await ledgerLines(evening.datastore)).toContain('order-confirmed lee sms pending quiet_hours');
  await evening.datastore.close();

  const morning = await openShop({ file, nowMs: nowMs + 8 * hourMs });
  await morning.settle();

  expect(morning.texts.all().map(({ deliveryId }) => deliveryId)).toEqual([
    'order-confirmed:order-2:lee:sms',
  ]);
  await morning.datastore.close();
});
