import { expect, it } from 'vitest';
import { commandRoutes } from '../../src/http/command-routes.ts';
import { commandSchemas } from '../../src/services/index.ts';
import { architectureNames } from '../../src/shop/index.ts';
import { openServedShop } from './served-shop.ts';

const mia = {
  customerId: 'mia',
  name: 'Mia',
  email: 'mia@example.com',
  segment: 'gold',
  locale: 'en-gb',
  timeZone: 'Europe/London',
};

it('has a path for every command of the services', () => {
  const all = Object.entries(commandSchemas).flatMap(([service, schemas]) =>
    Object.keys(schemas).map((command) => `${service}.${command}`),
  );

  expect(commandRoutes.map(({ service, command }) => `${service}.${command}`).sort()).toEqual(all.sort());
});

it.each(architectureNames)('ships an order, of which the customer is told, on %s', async (architecture) => {
  const { ask, shop } = await openServedShop({ architecture });

  expect(await ask('/v1/orders/ord-1001/shipments', { json: {} })).toMatchObject({
    status: 200,
    body: { service: 'ordering', command: 'shipOrder', data: { orderId: 'ord-1001' } },
  });
  await shop.settle();

  const { body } = await ask('/v1/inboxes/ada');
  expect(body.messages).toMatchObject([
    { channel: 'email', to: 'ada@example.com', subject: 'Your order ord-1001 is on its way' },
    { channel: 'sms', to: '+447700900001', segments: 1 },
  ]);
});

it('answers with what it has understood, and drops what nobody knows', async () => {
  const { ask } = await openServedShop();

  const { status, body } = await ask('/v1/customers', { json: { ...mia, isAdmin: true } });

  expect(status).toBe(201);
  expect(body.data).toEqual({ ...mia, locale: 'en-GB' });
});

it('does what the path says, whatever the body says of it', async () => {
  const { ask, shop } = await openServedShop();

  await ask('/v1/orders/ord-1001/cancellations', {
    json: { orderId: 'ord-1002', reason: 'customer_request' },
  });

  expect((await shop.datastore.orders.find('ord-1001'))?.status).toBe('cancelled');
  expect((await shop.datastore.orders.find('ord-1002'))?.status).toBe('placed');
});

it.each([
  ['/v1/orders/ord-9/shipments', {}, 404, 'unknown_order'],
  ['/v1/orders/ord-1001/deliveries', {}, 409, 'wrong_order_status'],
  ['/v1/customers', { ...mia, customerId: 'ada' }, 409, 'customer_exists'],
  ['/v1/customers', { ...mia, email: 'mia' }, 422, 'invalid_command'],
  ['/v1/customers', [], 422, 'invalid_request'],
  ['/v1/products/helmet/price', { price: { amount: 1, currency: 'EUR' } }, 422, 'currency_mismatch'],
])('refuses %s of %j with %s', async (path, json, status, code) => {
  const { ask, shop } = await openServedShop();

  const answered = await ask(path, { json });

  expect(answered).toMatchObject({ status, body: { status, code, type: 'about:blank' } });
  expect(answered.headers.get('content-type')).toBe('application/problem+json');
  expect(await shop.datastore.consumption.head()).toBe(0);
});

it('takes a body for what it says that it is', async () => {
  const { ask } = await openServedShop();
  const post = (body: string, type: string) =>
    ask('/v1/orders/ord-1001/shipments', { method: 'POST', body, headers: { 'content-type': type } });

  expect(await post('{}', 'text/plain')).toMatchObject({
    status: 415,
    body: { code: 'unsupported_media_type' },
  });
  expect(await post('{', 'application/json')).toMatchObject({ status: 400, body: { code: 'invalid_json' } });
  expect(await post('{"__proto__":{"a":1}}', 'application/json')).toMatchObject({ status: 422 });
  expect(await post('{}', 'application/json; charset=utf-8')).toMatchObject({ status: 200 });
});
