import { expect, it } from 'vitest';
import type { Served } from '../../src/http/served.ts';
import { openServedShop } from './served-shop.ts';

const mia = (nr: number) => ({
  customerId: `mia-${nr}`,
  name: 'Mia',
  email: `mia-${nr}@example.com`,
  segment: 'gold',
  locale: 'en-GB',
  timeZone: 'Europe/London',
});
const text = { notificationId: 'n', channel: 'email', recipient: 'ada', message: 'one' };

/** So much waits, whatever is done. */
function loaded(load: () => { messages: number; deliveries: number }, asked: object[] = []) {
  return (served: Served): Served => {
    const { datastore } = served.shop;
    const statistics = {
      ...datastore.statistics,
      async load(how: object) {
        asked.push(how);
        return load();
      },
    };
    return { ...served, mostWaiting: 10, shop: { ...served.shop, datastore: { ...datastore, statistics } } };
  };
}

it('refuses commands and texts while too much waits, says when to ask again, and has changed nothing', async () => {
  const { ask, shop } = await openServedShop({ served: loaded(() => ({ messages: 4, deliveries: 7 })) });

  for (const [path, json] of [
    ['/v1/customers', mia(1)],
    ['/v1/notifications', text],
  ] as const) {
    const { status, body, headers } = await ask(path, { json });
    expect({ status, code: body.code, retryAfter: headers.get('retry-after') }).toEqual({
      status: 503,
      code: 'too_much_waits',
      retryAfter: '5',
    });
  }

  expect(await shop.datastore.customers.find('mia-1')).toBeUndefined();
  expect((await ask('/v1/status')).status).toBe(200);
  expect((await ask('/readyz')).status).toBe(200);
});

it('takes them as long as no more waits than may, and counts once a second', async () => {
  const asked: object[] = [];
  let waiting = 10;
  const { ask, clock } = await openServedShop({
    served: loaded(() => ({ messages: 0, deliveries: waiting }), asked),
  });

  expect((await ask('/v1/customers', { json: mia(1) })).status).toBe(201);
  waiting = 11;
  expect((await ask('/v1/customers', { json: mia(2) })).status).toBe(201);
  await clock.advanceTo(clock.now() + 1000, async () => {});
  expect((await ask('/v1/customers', { json: mia(3) })).status).toBe(503);
  waiting = 10;
  await clock.advanceTo(clock.now() + 1000, async () => {});
  expect((await ask('/v1/customers', { json: mia(3) })).status).toBe(201);

  expect(asked).toHaveLength(3);
  expect(asked[0]).toMatchObject({ channels: ['email', 'sms'], most: 11 });
});

it('counts for the subscribers that it has, and what each has a use for', async () => {
  const asked: { subscribers?: unknown }[] = [];
  const { ask } = await openServedShop({ served: loaded(() => ({ messages: 0, deliveries: 0 }), asked) });

  await ask('/v1/customers', { json: mia(1) });

  expect(asked[0]?.subscribers).toContainEqual({
    name: 'notification-service',
    types: expect.arrayContaining(['CustomerRegistered']),
  });
});

it('refuses nothing where no bound is set', async () => {
  const { ask } = await openServedShop({
    served: (served) => {
      const { mostWaiting: _, ...rest } = loaded(() => ({ messages: 1e9, deliveries: 1e9 }))(served);
      return rest;
    },
  });

  expect((await ask('/v1/customers', { json: mia(1) })).status).toBe(201);
});

it('offers its health alone where it takes no commands', async () => {
  const { app, ask } = await openServedShop({ served: (served) => ({ ...served, offers: 'health' }) });

  for (const path of ['/healthz', '/readyz', '/metrics']) expect((await ask(path)).status).toBe(200);
  const given = await app.request('/v1/customers', { method: 'POST', body: JSON.stringify(mia(1)) });
  expect(given.status).toBe(404);
  for (const path of ['/', '/v1/status', '/dashboard']) expect((await app.request(path)).status).toBe(404);
});

it('is not ready while its datastore is of no use, and says whether it works', async () => {
  const gone = new Error('gone');
  let isGone = false;
  const { ask } = await openServedShop({
    served: (served) => {
      const { datastore } = served.shop;
      const check = async () => {
        if (isGone) throw gone;
        return [];
      };
      return { ...served, shop: { ...served.shop, datastore: { ...datastore, check } } };
    },
  });
  expect(await ask('/readyz')).toMatchObject({ status: 200, body: { status: 'ready', work: 'held' } });
  expect((await ask('/metrics')).text).toMatch(/^notification_worker_working 1$/m);

  isGone = true;

  expect((await ask('/readyz')).status).toBe(500);
});
