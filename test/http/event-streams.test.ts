import { expect, it } from 'vitest';
import { openServedShop } from './served-shop.ts';

const accept = { accept: 'text/event-stream' };

/** The sample shop, and a reader of its events that is given what comes within so many milliseconds of its clock. */
async function openStream() {
  const { app, shop, clock, stop, ask } = await openServedShop();
  const tick = async (ms: number) => {
    await shop.settle();
    await clock.advanceTo(clock.now() + ms, async () => {
      for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate);
    });
  };
  async function read(query = '', headers: Record<string, string> = {}) {
    const response = await app.request(`/v1/events${query}`, { headers: { ...accept, ...headers } });
    const reader = response.body?.getReader();
    let [text, isOver] = ['', false];
    void (async () => {
      for (;;) {
        const { value, done } = (await reader?.read()) ?? { value: undefined, done: true };
        if (done) break;
        text += Buffer.from(value ?? []).toString();
      }
      isOver = true;
    })();
    return { response, text: () => text, isOver: () => isOver, cancel: () => reader?.cancel() };
  }
  const ship = (orderId: string) => shop.services.ordering.shipOrder({ orderId });
  return { app, shop, clock, stop, ask, tick, read, ship };
}

const idsIn = (text: string): string[] => [...text.matchAll(/^id: (\d+)$/gm)].map(([, id = '']) => id);
const eventsIn = (text: string): { type: string; subject: string }[] =>
  [...text.matchAll(/^data: (.*)$/gm)].map(([, data = '']) => JSON.parse(data));

it('gives what is added from now on, each with its position, and says when to come again', async () => {
  const { read, tick, ship } = await openStream();
  await ship('ord-1001');
  await tick(100);
  const { response, text } = await read();
  await tick(200);
  expect(text()).toBe('retry: 3000\nid: 1\n\n');

  await ship('ord-1004');
  await tick(200);

  expect(response.headers.get('content-type')).toBe('text/event-stream');
  expect(response.headers.get('cache-control')).toBe('no-store');
  expect(eventsIn(text())).toMatchObject([{ type: 'OrderStatusChanged', subject: 'ord-1004' }]);
  expect(idsIn(text())).toEqual(['1', '2']);
});

it.each([
  ['the cursor', '?cursor=1', {}],
  ['Last-Event-ID, whatever the cursor says', '?cursor=0', { 'last-event-id': '1' }],
])('begins behind %s', async (_, query, headers: Record<string, string>) => {
  const { read, tick, ship } = await openStream();
  for (const id of ['ord-1001', 'ord-1004']) await ship(id);
  await tick(100);

  const { text } = await read(query, headers);
  await tick(300);

  expect(eventsIn(text()).map(({ subject }) => subject)).toEqual(['ord-1004']);
});

it('goes on over a thousand events without a gap, though it was away for most of them', async () => {
  const { read, tick, shop } = await openStream();
  for (let cents = 1; cents <= 2500; cents++) {
    const price = { amount: cents, currency: 'USD' as const };
    await shop.services.pricing.updatePrice({ productId: 'helmet', price });
  }
  const { text, cancel } = await read('?cursor=0&type=PriceChanged');
  await tick(1000);
  const first = eventsIn(text()).length;
  await cancel();
  const again = await read('', { 'last-event-id': idsIn(text()).at(-1) ?? '' });
  await tick(1000);

  expect(first).toBe(2500);
  expect(eventsIn(again.text())).toEqual([]);
  expect(idsIn(text()).map(Number)).toEqual([...new Set(idsIn(text()).map(Number))].sort((a, b) => a - b));
});

it.each([
  ['type', '?cursor=0&type=PriceChanged', ['helmet']],
  ['several types', '?cursor=0&type=PriceChanged,OrderStatusChanged', ['ord-1001', 'helmet', 'ord-1004']],
  ['subject', '?cursor=0&subject=ord-1004', ['ord-1004']],
  ['correlationId', '?cursor=0&correlationId=none', []],
])('leaves out by %s what is not wanted', async (_, query, subjects) => {
  const { read, tick, ship, shop } = await openStream();
  await ship('ord-1001');
  const price = { amount: 1, currency: 'USD' as const };
  await shop.services.pricing.updatePrice({ productId: 'helmet', price });
  await ship('ord-1004');
  await tick(100);

  const { text } = await read(query);
  await tick(300);

  const wanted = eventsIn(text()).filter(({ type }) => /Price|Order/.test(type));
  expect(wanted.map(({ subject }) => subject)).toEqual(subjects);
});

it('breathes every 15 seconds, with the position that was reached', async () => {
  const { read, tick, ship } = await openStream();
  const { text } = await read('?type=PriceChanged');
  await ship('ord-1001');
  await tick(16_000);

  expect(text()).toBe('retry: 3000\nid: 0\n\n: heartbeat\nid: 1\n\n');
});

it('tells its readers when it is to stop, and what to do, and ends', async () => {
  const { read, stop, ship, tick } = await openStream();
  const { text, isOver } = await read();
  await ship('ord-1001');
  await tick(200);

  stop.abort();
  for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate);

  expect(text()).toMatch(/event: stop\nid: 1\ndata: \{"code":"stopping".*Last-Event-ID: 1\."\}\n\n$/);
  expect(isOver()).toBe(true);
});

it('does not tell a reader who stalled more than fits in a page, and lets it catch up', async () => {
  const { app, shop, tick } = await openStream();
  const response = await app.request('/v1/events', { headers: accept });
  const reader = response.body?.getReader();
  await reader?.read();
  for (let cents = 1; cents <= 500; cents++) {
    const price = { amount: cents, currency: 'USD' as const };
    await shop.services.pricing.updatePrice({ productId: 'helmet', price });
  }
  await tick(1000);

  const pages: number[] = [];
  for (let seen = 0; seen < 500; ) {
    const next = reader?.read();
    await tick(200);
    const { value } = (await next) ?? {};
    const text = Buffer.from(value ?? []).toString();
    seen += eventsIn(text).length;
    pages.push(text.length);
  }

  expect(Math.max(...pages)).toBeLessThan(2 ** 16 + 2000);
  expect(pages.length).toBeGreaterThan(3);
});

it('says of an id that it is none, and of the hundred-and-first reader that there are too many', async () => {
  const { ask, read } = await openStream();
  expect(await ask('/v1/events', { headers: { ...accept, 'last-event-id': 'x' } })).toMatchObject({
    status: 422,
    body: { code: 'invalid_request' },
  });
  const readers = await Promise.all(Array.from({ length: 100 }, () => read()));

  const refused = await ask('/v1/events', { headers: accept });

  expect(refused).toMatchObject({ status: 503, body: { code: 'too_many_streams' } });
  await readers[0]?.cancel();
  expect((await read()).response.status).toBe(200);
});

it('of who was erased, nothing that was kept for readers is given', async () => {
  const { read, tick, shop } = await openStream();
  const first = await read();
  const contact = { customerId: 'ada', email: 'quagga@example.com' };
  await shop.services.accounts.updateContact(contact);
  await tick(300);
  expect(first.text()).toContain('quagga@');
  await shop.services.accounts.eraseCustomer({ customerId: 'ada' });
  await tick(300);

  const { text } = await read('?cursor=0');
  await tick(300);

  expect(eventsIn(text()).map(({ type }) => type)).toContain('CustomerErased');
  expect(text()).not.toContain('quagga@');
});
