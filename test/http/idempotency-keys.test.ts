import { expect, it } from 'vitest';
import { createShop, type Shop } from '../../src/shop/index.ts';
import { temporaryFile } from '../support/temporary-file.ts';
import { openServedShop } from './served-shop.ts';

const gloves = { productId: 'gloves', quantity: 2 };
const order = {
  orderId: 'ord-7',
  customerId: 'ada',
  lineItems: [{ lineItemId: 'ord-7-1', ...gloves }],
};
const key = (value: string) => ({ 'idempotency-key': value });
const day = 24 * 60 * 60 * 1000;

const glovesInCart = async ({ datastore }: Shop): Promise<number> => {
  const [item] = await datastore.transaction(({ carts }) => carts.remove('ada', ['gloves'], 0));
  return item?.quantity ?? 0;
};

it('the same request under the same key has the same answer, says so, and does nothing', async () => {
  const { ask, shop } = await openServedShop();
  const add = () => ask('/v1/customers/ada/cart-items', { json: gloves, headers: key('one') });

  const [first, again] = [await add(), await add()];

  expect(first.headers.get('idempotent-replayed')).toBeNull();
  expect(again.headers.get('idempotent-replayed')).toBe('true');
  expect({ status: again.status, text: again.text, type: again.headers.get('content-type') }).toEqual({
    status: first.status,
    text: first.text,
    type: first.headers.get('content-type'),
  });
  expect(again.headers.get('cache-control')).toBe('no-store');
  expect(await glovesInCart(shop)).toBe(2);
});

it('without a key, and under another, it is another request', async () => {
  const { ask, shop } = await openServedShop();

  for (const headers of [{}, key('one'), key('two')]) {
    await ask('/v1/customers/ada/cart-items', { json: gloves, headers });
  }

  expect(await glovesInCart(shop)).toBe(6);
});

it('a refusal is answered again as it was, though it would not be refused any more', async () => {
  const { ask } = await openServedShop();
  const ship = (headers: Record<string, string>) => ask('/v1/orders/ord-7/shipments', { json: {}, headers });
  expect(await ship(key('early'))).toMatchObject({ status: 404, body: { code: 'unknown_order' } });
  await ask('/v1/orders', { json: order });

  const again = await ship(key('early'));

  expect(again).toMatchObject({ status: 404, body: { code: 'unknown_order' } });
  expect(again.headers.get('content-type')).toBe('application/problem+json');
  expect((await ship(key('later'))).status).toBe(200);
});

it('what could not be read is not kept: mended, it may come under its key', async () => {
  const { ask } = await openServedShop();
  const post = (body: string) =>
    ask('/v1/orders', {
      method: 'POST',
      body,
      headers: { ...key('one'), 'content-type': 'application/json' },
    });

  expect((await post('{')).status).toBe(400);
  expect((await post(JSON.stringify(order))).status).toBe(201);
});

it.each([
  ['another body', '/v1/customers/ada/cart-items', { ...gloves, quantity: 3 }],
  ['another path', '/v1/customers/ben/cart-items', gloves],
  ['another operation', '/v1/orders/ord-1001/shipments', {}],
])('%s under the same key is refused', async (_, path, json) => {
  const { ask } = await openServedShop();
  await ask('/v1/customers/ada/cart-items', { json: gloves, headers: key('one') });

  expect(await ask(path, { json, headers: key('one') })).toMatchObject({
    status: 422,
    body: { code: 'idempotency_key_reused' },
  });
});

it.each(['', ' ', 'two words', 'ü', 'x'.repeat(256)])('%j is no key', async (value) => {
  const { ask } = await openServedShop();

  const answered = await ask('/v1/orders/ord-1001/shipments', { json: {}, headers: key(value) });

  expect(answered).toMatchObject({ status: 400, body: { code: 'invalid_idempotency_key' } });
});

it('while the first is under way the second is told to wait, and another is refused', async () => {
  let goOn = (): void => {};
  const held = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  const { ask } = await openServedShop({
    served: (served) => {
      const { accounts, ...services } = served.shop.services;
      const unsubscribe: typeof accounts.unsubscribe = async (command) => {
        await held;
        return accounts.unsubscribe(command);
      };
      return {
        ...served,
        shop: { ...served.shop, services: { ...services, accounts: { ...accounts, unsubscribe } } },
      };
    },
  });
  const send = (category: string) =>
    ask('/v1/customers/ada/unsubscriptions', { json: { category }, headers: key('one') });
  const first = send('price_alerts');
  await new Promise(setImmediate);

  const second = await send('price_alerts');
  const other = await send('promotions');
  goOn();

  expect(second).toMatchObject({ status: 409, body: { code: 'request_in_progress' } });
  expect(second.headers.get('retry-after')).toBe('1');
  expect(other).toMatchObject({ status: 422, body: { code: 'idempotency_key_reused' } });
  expect((await first).status).toBe(200);
  expect((await send('price_alerts')).headers.get('idempotent-replayed')).toBe('true');
});

it('a key is forgotten after 24 hours, and not before', async () => {
  const { ask, shop, clock } = await openServedShop();
  const add = () => ask('/v1/customers/ada/cart-items', { json: gloves, headers: key('one') });
  await add();
  await clock.advanceTo(clock.now() + day, () => shop.settle());
  await add();
  await clock.advanceTo(clock.now() + 1, () => shop.settle());
  await add();

  expect(await glovesInCart(shop)).toBe(4);
});

it('other keys of that age go with it', async () => {
  const { shop } = await openServedShop();
  const { idempotency } = shop.datastore;
  const begin = (name: string, begunAtMs: number, forgetBeforeMs = 0) =>
    idempotency.begin({ key: name, fingerprint: 'f', begunAtMs, forgetBeforeMs });
  for (const name of ['a', 'b']) await begin(name, 1);
  await begin('c', 2);

  await begin('d', 3, 2);

  expect(await begin('a', 4)).toEqual({ isElsewhere: false });
  expect(await begin('c', 4)).toMatchObject({ before: { begunAtMs: 2 } });
});

it('trouble of ours is not kept', async () => {
  let isBroken = true;
  const { ask } = await openServedShop({
    served: (served) => ({
      ...served,
      shop: {
        ...served.shop,
        receipts: {
          ...served.shop.receipts,
          take: (taken) =>
            isBroken ? Promise.reject(new TypeError('broken')) : served.shop.receipts.take(taken),
        },
      },
    }),
  });
  const json = { channel: 'sms', providerMessageId: 'x', status: 'delivered' };
  const report = () => ask('/v1/receipts', { json, headers: key('one') });
  expect((await report()).status).toBe(500);
  isBroken = false;

  const again = await report();

  expect(again.status).toBe(200);
  expect(again.headers.get('idempotent-replayed')).toBeNull();
});

it('an answer outlives the process', async () => {
  const file = temporaryFile('shop.db');
  const open = () => createShop({ channels: [], data: file });
  const answers: unknown[] = [];
  for (let life = 0; life < 2; life++) {
    const shop = await open();
    const { ask } = await openServedShop({ served: (served) => ({ ...served, shop }) });
    const json = { productId: 'lamp', name: 'Lamp', price: { amount: 100, currency: 'USD' } };
    const { status, headers, body } = await ask('/v1/products', { json, headers: key('one') });
    answers.push({ status, isReplayed: headers.get('idempotent-replayed'), id: body.data.productId });
    await shop.close();
  }

  expect(answers).toEqual([
    { status: 201, isReplayed: null, id: 'lamp' },
    { status: 201, isReplayed: 'true', id: 'lamp' },
  ]);
});

it.each<[string, object, string, string]>([
  ['/v1/orders', order, 'order_exists', 'it says itself that it was done'],
  ['/v1/customers/ada/cart-items', gloves, 'outcome_unknown', 'nobody can say whether it was done'],
])('cut off before its answer is on record, %s of %j is refused with %s: %s', async (path, json, code) => {
  let isDying = true;
  const { ask, shop } = await openServedShop({
    served: (served) => {
      const { idempotency, ...stores } = served.shop.datastore;
      const complete: typeof idempotency.complete = async (...answer) => {
        if (isDying) throw new Error('the process is gone');
        await idempotency.complete(...answer);
      };
      const datastore = { ...stores, idempotency: { ...idempotency, complete } };
      return { ...served, shop: { ...served.shop, datastore } };
    },
  });
  expect((await ask(path, { json, headers: key('one') })).status).toBe(500);
  isDying = false;

  const again = await ask(path, { json, headers: key('one') });

  expect(again).toMatchObject({ status: 409, body: { code } });
  if (code === 'outcome_unknown') expect(await glovesInCart(shop)).toBe(2);
});

it('of an erased customer no answer is kept', async () => {
  const { ask, shop } = await openServedShop();
  const phone = { phone: '+447700900999' };
  const change = () => ask('/v1/customers/ada/contact', { json: phone, headers: key('one') });
  await change();

  await ask('/v1/customers/ada/erasure', { json: {} });

  const asked = { key: 'one', fingerprint: '', begunAtMs: 0, forgetBeforeMs: 0 };
  expect(await shop.datastore.idempotency.begin(asked)).toEqual({ isElsewhere: false });
});
