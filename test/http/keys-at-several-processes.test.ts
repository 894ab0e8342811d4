import { expect, it } from 'vitest';
import type { Datastore } from '../../src/datastore/index.ts';
import type { Served } from '../../src/http/served.ts';
import { openServedShop } from './served-shop.ts';

const order = {
  orderId: 'ord-7',
  customerId: 'ada',
  lineItems: [{ lineItemId: 'ord-7-1', productId: 'gloves', quantity: 2 }],
};
const headers = { 'idempotency-key': 'one' };

type Idempotency = Datastore['idempotency'];

/** As on a server: what other processes have under way is known, until they end it, or die. */
function sharedBy(idempotency: Idempotency) {
  const holders = new Map<string, object>();
  const ofProcess = (process: object): Idempotency => ({
    ...idempotency,
    async begin(request) {
      const isElsewhere = (holders.get(request.key) ?? process) !== process;
      if (!isElsewhere) holders.set(request.key, process);
      return { ...(await idempotency.begin(request)), isElsewhere };
    },
    end: async (key) => void holders.delete(key),
  });
  return { ofProcess, die: () => holders.clear() };
}

const withKeys = (served: Served, idempotency: Idempotency): Served => ({
  ...served,
  shop: { ...served.shop, datastore: { ...served.shop.datastore, idempotency } },
});

type Ordering = Served['shop']['services']['ordering'];

/** Two processes on one datastore; the first places orders as `place` does. */
async function two(place: (usual: Ordering['placeOrder']) => Ordering['placeOrder']) {
  let shared: ReturnType<typeof sharedBy> | undefined;
  const first = await openServedShop({
    served: (served) => {
      const { ordering, ...services } = served.shop.services;
      const altered = { ...ordering, placeOrder: place(ordering.placeOrder) };
      shared = sharedBy(served.shop.datastore.idempotency);
      return withKeys(
        { ...served, shop: { ...served.shop, services: { ...services, ordering: altered } } },
        shared.ofProcess({}),
      );
    },
  });
  const keys = shared ?? expect.fail('the first is served');
  const other = await openServedShop({
    served: (served) => withKeys({ ...served, shop: first.shop }, keys.ofProcess({})),
  });
  const ask = (process: typeof first) => process.ask('/v1/orders', { json: order, headers });
  return { askFirst: () => ask(first), askOther: () => ask(other), firstDies: keys.die };
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

it('what a process had under way when it died is done here, and not waited for', async () => {
  const { askFirst, askOther, firstDies } = await two(() => () => new Promise(() => {}));
  void askFirst();
  await new Promise(setImmediate);
  expect((await askOther()).status).toBe(409);

  firstDies();

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
