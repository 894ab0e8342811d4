import { expect, it } from 'vitest';
import { openServedShop } from './served-shop.ts';

it('says what there is', async () => {
  const { ask } = await openServedShop();
  const { status, text } = await ask('/');

  expect(status).toBe(200);
  expect(text).toContain('event-sourced, durable bus');
  expect(text).toMatch(/^ {2}GET {4}\/metrics +Figures/m);
});

it('is not ready once it is to stop, and still lives', async () => {
  const { ask, stop } = await openServedShop();
  expect(await ask('/readyz')).toMatchObject({ status: 200, body: { status: 'ready', messages: 0 } });

  stop.abort();

  expect(await ask('/readyz')).toMatchObject({ status: 503, body: { code: 'stopping' } });
  expect((await ask('/healthz')).status).toBe(200);
});

it('counts in the figures what was sent', async () => {
  const { ask, shop } = await openServedShop();
  await shop.services.ordering.shipOrder({ orderId: 'ord-1001' });
  await shop.settle();

  const { headers, text } = await ask('/metrics');

  expect(headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
  expect(text).toMatch(/^notification_deliveries\{.*channel="email".*\} 1$/m);
});

it('says of a path that it has nothing, and of a method that it is another', async () => {
  const { ask } = await openServedShop();

  expect(await ask('/v2/orders')).toMatchObject({ status: 404, body: { code: 'not_found' } });
  const { status, headers, body } = await ask('/healthz', { method: 'POST' });
  expect({ status, allow: headers.get('allow'), code: body.code }).toEqual({
    status: 405,
    allow: 'GET, HEAD',
    code: 'method_not_allowed',
  });
});

it('lets a browser run, frame and keep nothing, refusals too', async () => {
  const { ask } = await openServedShop();

  for (const path of ['/', '/nothing', '/readyz']) {
    const { headers } = await ask(path);
    expect(headers.get('content-security-policy')).toBe("default-src 'none'; frame-ancestors 'none'");
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('cache-control')).toBe('no-store');
  }
});

it('tells nobody what went wrong inside, and the log only where', async () => {
  const broken = new TypeError('of kim@example.com');
  const { ask, logger } = await openServedShop({
    served: (served) => ({
      ...served,
      shop: {
        ...served.shop,
        datastore: {
          ...served.shop.datastore,
          statistics: { ...served.shop.datastore.statistics, deliveries: () => Promise.reject(broken) },
        },
      },
    }),
  });

  const { status, text, headers } = await ask('/metrics');

  expect(status).toBe(500);
  expect(headers.get('content-type')).toBe('application/problem+json');
  expect(JSON.parse(text)).toMatchObject({ title: 'Internal Server Error', code: 'internal_error' });
  expect(text).not.toMatch(/kim@|TypeError|\.ts/);
  expect(logger.lines.join()).toContain('TypeError');
  expect(logger.lines.join()).not.toContain('kim@');
});
