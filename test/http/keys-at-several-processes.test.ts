import { expect, it } from 'vitest';
import type { Served } from '../../src/http/served.ts';
import { openServedShop } from './served-shop.ts';

const order = {
  orderId: 'ord-7',
  customerId: 'ada',
  lineItems: [{ lineItemId: 'ord-7-1', productId: 'gloves', quantity: 2 }],
};
const headers = { 'idempotency-key': 'one' };
const minuteMs = 60_000;

/** As on a server: other processes answer requests on the same datastore. */
const shared = (served: Served): Served => ({
  ...served,
  shop: {
    ...served.shop,
    datastore: {
      ...served.shop.datastore,
      idempotency: { ...served.shop.datastore.idempotency, isShared: true },
    },
  },
});

type Ordering = Served['shop']['services']['ordering'];

/** Two processes on one datastore; the first places orders as `place` does. */
async function two(place: (usual: Ordering['placeOrder']) => Ordering['placeOrder']) {
  const first = await openServedShop({
    served: (served) => {
      const { ordering, ...services } = served.shop.services;
      const altered = { ...ordering, placeOrder: place(ordering.placeOrder) };
      return shared({
        ...served,
        shop: { ...served.shop, services: { ...services, ordering: altered } },
      });
    },
  });
  const other = await openServedShop({ served: (served) => shared({ ...served, shop: first.shop }) });
  const ask = (process: typeof first) => process.ask('/v1/orders', { json: order, headers });
  return { askFirst: () => ask(first), askOther: () => ask(other), clock: other.clock };
}

it('what is under way in another process is told to wait, and answered as it was there', async () => {
  let goOn = (): void => {};
  const held = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  const { askFirst, askOther } = await two((usual) => async (command) => {
    await held;
    return usual(command);
  });
  const first = askFirst();
  await new Promise(setImmediate);

  const meanwhile = await askOther();
  goOn();

  expect(meanwhile).toMatchObject({ status: 409, body: { code: 'request_in_progress' } });
  expect(meanwhile.headers.get('retry-after')).toBe('1');
  const { status, text } = await first;
  expect(status).toBe(201);
  const again = await askOther();
  expect({ status: again.status, text: again.text }).toEqual({ status, text });
  expect(again.headers.get('idempotent-replayed')).toBe('true');
});

it('what another process has begun and not answered within a minute is done here', async () => {
  const { askFirst, askOther, clock } = await two(() => () => new Promise(() => {}));
  void askFirst();
  await new Promise(setImmediate);
  await clock.advanceTo(clock.now() + minuteMs - 1, async () => {});
  expect((await askOther()).status).toBe(409);

  await clock.advanceTo(clock.now() + 1, async () => {});

  expect((await askOther()).status).toBe(201);
});

it('what another process had trouble with is done here at once', async () => {
  const { askFirst, askOther } = await two(() => async () => {
    throw new TypeError('broken');
  });
  expect((await askFirst()).status).toBe(500);

  const again = await askOther();

  expect(again.status).toBe(201);
  expect(again.headers.get('idempotent-replayed')).toBeNull();
});
