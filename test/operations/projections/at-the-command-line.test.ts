import { expect, test } from 'vitest';
import { openDatastore } from '../../../src/datastore/index.ts';
import { kim, openShop, twoHelmetsAndABell, usd } from '../../services/shop.ts';
import { runCli } from '../../support/command-line.ts';
import { temporaryFile } from '../../support/temporary-file.ts';

async function keptShop(): Promise<string> {
  const file = temporaryFile('shop.db');
  const datastore = openDatastore({ file });
  const { services } = openShop({ datastore });
  const { accounts, pricing, ordering, billing } = services;
  const preferences = { price_alerts: { email: false, sms: true } };
  await accounts.registerCustomer({ ...kim, phone: '+447700900001', preferences });
  await accounts.registerCustomer({ ...kim, customerId: 'lee', email: 'lee@example.com' });
  await pricing.addProduct({ productId: 'helmet', name: 'Helmet', price: usd(3499) });
  await pricing.addProduct({ productId: 'bell', name: 'Bell', price: usd(650) });
  await ordering.placeOrder(twoHelmetsAndABell);
  await billing.failPayment({ paymentId: 'pay-1', orderId: 'order-1', reason: 'card_declined' });
  await billing.receivePayment({ paymentId: 'pay-2', orderId: 'order-1' });
  await ordering.shipLineItem({ orderId: 'order-1', lineItemId: 'order-1-2' });
  await datastore.close();
  return file;
}

const projections = (...args: readonly string[]) => runCli('projections', ...args);

test('an order is seen with what was ordered, how much of it has left, and that it was paid after all', async () => {
  const { code, stdout } = await projections('show', 'order-overview', '--data', await keptShop(), '--json');

  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    name: 'order-overview',
    hasMore: false,
    failure: null,
    rows: [
      {
        key: 'order-1',
        value: {
          orderId: 'order-1',
          customerId: 'kim',
          status: 'placed',
          lineItems: 2,
          shipped: 1,
          total: usd(7648),
          payment: 'received',
        },
      },
    ],
  });
});

test('how many customers can be told of what, by channel, without an address of anybody', async () => {
  const file = await keptShop();

  const { stdout } = await projections('show', 'customer-reach', '--data', file);

  expect(stdout).toMatch(/2 customers, by channel/);
  expect(stdout).toMatch(/ email +sms\n/);
  expect(stdout).toMatch(/have an address +2 +1\n/);
  expect(stdout).toMatch(/promotions +2 +0\n/);
  expect(stdout).toMatch(/price_alerts +1 +1\n/);
  expect((await projections('show', 'customer-reach', '--data', file, '--json')).stdout).not.toContain('@');
});

test('the list says how far each has come, and making them anew brings them to the end of the log', async () => {
  const file = await keptShop();

  expect((await projections('list', '--data', file)).stdout).toMatch(
    /order-overview .*\n +1 +– +8 +never made\n/,
  );
  const { code, stdout } = await projections('rebuild', '--data', file);

  expect(code).toBe(0);
  expect(stdout).toMatch(/customer-reach .*\n +3 +8 +0 +live\n/);
});

test('a name that nobody knows, too many names and a file that is not there are refused in one line', async () => {
  const file = await keptShop();

  expect(await projections('show', 'sales', '--data', file)).toMatchObject({
    code: 2,
    stderr: 'projections: there is no projection "sales". Known: order-overview, customer-reach.\n',
  });
  expect(await projections('show', '--data', file)).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/^projections: show needs the name of one projection\. .*\n$/),
  });
  expect(await projections('list', '--data', 'nowhere.db')).toMatchObject({ code: 2 });
});
