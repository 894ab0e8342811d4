import { expect, test } from 'vitest';
import type { Customer } from '../../src/datastore/index.ts';
import { emptyDatastore } from '../support/a-datastore.ts';
import { aCustomer, atNight } from '../support/customers.ts';
import { usd } from '../support/events.ts';
import { anOrder } from '../support/records.ts';

test.each<{ what: string; customer: Customer }>([
  {
    what: 'everything there is',
    customer: aCustomer({ addresses: { push: 'p', webhook: 'w' }, quietHours: atNight }),
  },
  { what: 'next to nothing', customer: aCustomer({ phone: null, preferences: {}, quietHours: null }) },
  { what: 'a name of any script', customer: aCustomer({ name: "Zoë O'Neill 王 🚲", locale: 'de' }) },
])('a customer with $what is found as entered', async ({ customer }) => {
  const { customers } = await emptyDatastore();

  await customers.insert(customer);

  expect(await customers.find('kim')).toEqual(customer);
  expect(await customers.find('KIM')).toBeUndefined();
});

test('two customers cannot have one id', async () => {
  const { customers } = await emptyDatastore();
  await customers.insert(aCustomer());

  await expect(customers.insert(aCustomer({ name: 'Another' }))).rejects.toThrow(/unique/i);
});

test('recipients come in the order of the asking, with what is unknown left open', async () => {
  const { customers } = await emptyDatastore();
  for (const id of ['ada', 'ben', '007']) await customers.insert(aCustomer({ id }));

  const found = await customers.recipients(['ben', 'nobody', 'ada', 'ben', '007', '7']);

  expect(found.map((recipient) => recipient?.id)).toEqual(['ben', undefined, 'ada', 'ben', '007', undefined]);
  expect(found[0]).toEqual({ ...aCustomer({ id: 'ben' }), suppressedAddresses: [] });
  expect(await customers.recipients([])).toEqual([]);
});

test('a recipient comes with those of their own addresses that must not be used', async () => {
  const { customers, suppressions } = await emptyDatastore();
  await customers.insert(aCustomer({ id: 'kim', email: 'kim@example.com', addresses: { push: 'token' } }));
  await customers.insert(aCustomer({ id: 'lee', email: 'lee@example.com' }));
  for (const address of ['kim@example.com', 'token', 'stranger@example.com']) {
    await suppressions.add({ address, reason: 'bounced', sinceMs: 1 });
  }

  const [kim, lee] = await customers.recipients(['kim', 'lee']);

  expect(kim?.suppressedAddresses).toEqual(['kim@example.com', 'token']);
  expect(lee?.suppressedAddresses).toEqual([]);
});

test('an address is suppressed once, and can be used again when that is lifted', async () => {
  const { customers, suppressions } = await emptyDatastore();
  await customers.insert(aCustomer());
  const suppressed = async () => (await customers.recipients(['kim']))[0]?.suppressedAddresses;

  await suppressions.add({ address: '+15550100', reason: 'blocked', sinceMs: 1 });
  await suppressions.add({ address: '+15550100', reason: 'unsubscribed', sinceMs: 2 });
  expect(await suppressed()).toEqual(['+15550100']);

  await suppressions.remove('+15550100');
  await suppressions.remove('never there');
  expect(await suppressed()).toEqual([]);
});

test('a product is found alone and among many, with its latest price', async () => {
  const { products } = await emptyDatastore();
  const helmet = { id: 'helmet', name: 'Helmet', price: usd(3499) };
  const bell = { id: 'bell', name: 'Bell', price: usd(650) };
  for (const product of [helmet, bell]) await products.insert(product);

  await products.setPrice('helmet', { amount: 2 ** 40, currency: 'EUR' });

  const repriced = { ...helmet, price: { amount: 2 ** 40, currency: 'EUR' } };
  expect(await products.find('helmet')).toEqual(repriced);
  expect(await products.find('pump')).toBeUndefined();
  expect(await products.findMany(['bell', 'pump', 'helmet', 'bell'])).toEqual([
    bell,
    undefined,
    repriced,
    bell,
  ]);
});

test('an order keeps its line items in their order', async () => {
  const { orders } = await emptyDatastore();
  const order = anOrder('order-1', ['z', 'a', 'm']);

  await orders.insert(order);

  expect(await orders.find('order-1')).toEqual(order);
  expect(await orders.find('order-2')).toBeUndefined();
});

test('one order changes its status, and no other does', async () => {
  const { orders } = await emptyDatastore();
  for (const id of ['order-1', 'order-2']) await orders.insert(anOrder(id));

  await orders.setStatus('order-1', 'cancelled');

  expect((await orders.find('order-1'))?.status).toBe('cancelled');
  expect((await orders.find('order-2'))?.status).toBe('placed');
});

test('one line item of one order ships, and then all that have not', async () => {
  const { orders } = await emptyDatastore();
  for (const id of ['order-1', 'order-2']) await orders.insert(anOrder(id, ['a', 'b', 'c']));
  const items = async (id: string) =>
    (await orders.find(id))?.lineItems.map((item) => `${item.id} ${item.status} ${item.trackingNumber}`);

  await orders.setLineItem('order-1', { id: 'b', status: 'delivered', trackingNumber: 'T-1' });
  expect(await items('order-1')).toEqual(['a pending null', 'b delivered T-1', 'c pending null']);

  await orders.setLineItemStatuses('order-1', 'pending', 'shipped');
  expect(await items('order-1')).toEqual(['a shipped null', 'b delivered T-1', 'c shipped null']);
  expect(await items('order-2')).toEqual(['a pending null', 'b pending null', 'c pending null']);
});

test('a payment is found as entered', async () => {
  const { payments } = await emptyDatastore();
  const payment = { id: 'pay-1', orderId: 'order-1', amount: usd(6998), status: 'failed' } as const;

  await payments.insert(payment);

  expect(await payments.find('pay-1')).toEqual(payment);
  expect(await payments.find('pay-2')).toBeUndefined();
  await expect(payments.insert(payment)).rejects.toThrow(/unique/i);
});
