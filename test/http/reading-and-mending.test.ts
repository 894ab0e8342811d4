import { expect, it } from 'vitest';
import { ChannelError } from '../../src/delivery/index.ts';
import type { Shop } from '../../src/shop/index.ts';
import { noonMs } from '../support/requests.ts';
import { openServedShop } from './served-shop.ts';

async function openWithShippedOrder() {
  const served = await openServedShop();
  await served.ask('/v1/orders/ord-1001/shipments', { json: {} });
  await served.shop.settle();
  return served;
}

it('lists deliveries of a customer or an order, on one channel or in one status', async () => {
  const { ask } = await openWithShippedOrder();
  const idsOf = async (query: string): Promise<string[]> =>
    (await ask(`/v1/deliveries?${query}`)).body.deliveries.map(({ id }: { id: string }) => id);

  const [email, sms] = ['order-shipped:ord-1001:ada:email', 'order-shipped:ord-1001:ada:sms'];
  expect(await idsOf('customerId=ada')).toEqual([email, sms]);
  expect(await idsOf('subject=ord-1001&channel=sms')).toEqual([sms]);
  expect(await idsOf('customerId=ada&status=pending')).toEqual([]);
  expect(await idsOf('customerId=ben')).toEqual([]);
});

it.each(['', '?customerId=ada&subject=ord-1001', '?customerId=ada&status=lost', '?customer=ada'])(
  'refuses /v1/deliveries%s',
  async (query) => {
    const { ask } = await openServedShop();

    expect(await ask(`/v1/deliveries${query}`)).toMatchObject({
      status: 422,
      body: { code: 'invalid_request' },
    });
  },
);

it('shows a notification with its deliveries, and explains it', async () => {
  const { ask } = await openWithShippedOrder();

  expect(await ask('/v1/notifications/order-shipped:ord-1001:ada')).toMatchObject({
    status: 200,
    body: { type: 'order-shipped', customerId: 'ada', deliveries: [{ status: 'sent' }, { status: 'sent' }] },
  });
  expect((await ask('/v1/notifications/no')).body.code).toBe('unknown_notification');
  expect(await ask('/v1/explain/ord-1001?customerId=ada')).toMatchObject({
    status: 200,
    body: { kind: 'order', causes: [{ notifications: [{ id: 'order-shipped:ord-1001:ada' }] }] },
  });
  expect((await ask('/v1/explain/nothing')).status).toBe(400);
  expect(await ask('/v1/status')).toMatchObject({ status: 200, body: { requested: 2, sent: 2 } });
});

it('tells over time what was sent and what waits', async () => {
  const { ask } = await openWithShippedOrder();
  const { body } = await ask('/v1/status/over-time');

  expect(body.slotSeconds).toBe(60);
  expect(body.slots).toHaveLength(60);
  expect(body.slots.at(-1)).toEqual({
    since: new Date(noonMs).toISOString(),
    requested: 2,
    sent: 2,
    failed: 0,
    deadLettered: 0,
    backlog: 0,
  });
  expect((await ask('/v1/status/over-time?period=day')).body.slotSeconds).toBe(1800);
  expect((await ask('/v1/status/over-time?period=year')).body.code).toBe('invalid_request');
});

it('gives the event log page by page, and what comes later behind the last cursor', async () => {
  const { ask } = await openWithShippedOrder();
  await ask('/v1/orders/ord-1002/shipments', { json: {} });
  const page = async (query: string) => (await ask(`/v1/events?${query}`)).body;
  const subjects = (events: { subject: string }[]): string[] => events.map(({ subject }) => subject);

  const first = await page('limit=1');
  expect(first).toMatchObject({
    events: [{ specversion: '1.0', type: 'OrderStatusChanged' }],
    hasMore: true,
  });
  const second = await page(`limit=1&cursor=${first.cursor}`);
  expect(subjects([...first.events, ...second.events])).toEqual(['ord-1001', 'ord-1002']);
  expect(second.hasMore).toBe(false);
  expect(await page(`cursor=${second.cursor}`)).toEqual({
    events: [],
    cursor: second.cursor,
    hasMore: false,
  });

  // What does not fit the filter was seen too.
  expect((await page('subject=ord-1001')).cursor).toBe(second.cursor);

  await ask('/v1/orders/ord-1004/shipments', { json: {} });
  expect(subjects((await page(`cursor=${second.cursor}`)).events)).toEqual(['ord-1004']);
  expect(subjects((await page('subject=ord-1002&type=OrderStatusChanged,PriceChanged')).events)).toEqual([
    'ord-1002',
  ]);
});

it('re-drives and discards dead letters', async () => {
  const { ask, shop, email } = await openServedShop();
  const send = email.send;
  email.send = () => Promise.reject(new ChannelError('permanent', { message: 'no' }));
  for (const order of ['ord-1001', 'ord-1004']) await ask(`/v1/orders/${order}/shipments`, { json: {} });
  await shop.settle();
  email.send = send;
  const ids = async (): Promise<string[]> =>
    (await ask('/v1/dead-letters')).body.deadLetters.map(({ id }: { id: string }) => id).sort();
  const [ada, dev] = ['order-shipped:ord-1001:ada:email', 'order-shipped:ord-1004:dev:email'];
  expect(await ids()).toEqual([ada, dev]);

  expect((await ask(`/v1/dead-letters/${ada}/redrive`, { method: 'POST' })).status).toBe(202);
  await shop.settle();
  expect((await ask(`/v1/dead-letters/${dev}/discard`, { method: 'POST' })).status).toBe(200);

  expect(await ids()).toEqual([]);
  expect(email.outbox.all().map(({ to }) => to)).toEqual(['ada@example.com']);
  for (const what of ['redrive', 'discard'])
    expect(await ask(`/v1/dead-letters/${ada}/${what}`, { method: 'POST' })).toMatchObject({
      status: 404,
      body: { code: 'unknown_dead_letter' },
    });
});

it('tells one of two who re-drive the same that it is no dead letter any more', async () => {
  const { ask, shop, email } = await openServedShop();
  email.send = () => Promise.reject(new ChannelError('permanent', { message: 'no' }));
  await ask('/v1/orders/ord-1001/shipments', { json: {} });
  await shop.settle();
  const redrive = () => ask('/v1/dead-letters/order-shipped:ord-1001:ada:email/redrive', { method: 'POST' });

  const answers = await Promise.all([redrive(), redrive()]);

  expect(answers.map(({ status }) => status).sort()).toEqual([202, 409]);
  expect(answers.find(({ status }) => status === 409)?.body).toMatchObject({ code: 'not_dead_lettered' });
});

it('a message that nobody can be given stays a dead letter when it is re-driven', async () => {
  const { ask, shop } = await openServedShop();
  const garbage = { ...(await someEvent(shop)), id: 'garbage', data: { orderId: 7 } };
  await shop.bus.publish([garbage as never]);
  await shop.settle();
  const [letter] = (await ask('/v1/dead-letters')).body.deadLetters;

  expect(await ask(`/v1/dead-letters/${letter.id}/redrive`, { method: 'POST' })).toMatchObject({
    status: 409,
    body: { code: 'invalid_message' },
  });
  expect((await ask('/v1/dead-letters')).body.deadLetters).toHaveLength(1);
});

it('suppresses an address in any spelling, and lets it be written to again', async () => {
  const { ask } = await openServedShop();
  const post = (path: string, json: unknown) => ask(`/v1/suppressions${path}`, { json });

  expect((await post('', { address: 'Ada@Example.com', note: 'by phone' })).body).toMatchObject({
    change: 'added',
  });
  expect((await ask('/v1/suppressions')).body).toMatchObject({
    suppressions: [{ address: 'Ada@Example.com', reason: 'blocked' }, { address: 'finn@example.com' }],
    hasMore: false,
  });
  expect((await post('/lift', { address: 'ada@example.com' })).body.change).toBe('removed');
  expect((await post('/lift', { address: 'ada@example.com' })).body.code).toBe('not_suppressed');
});

it('takes what a provider reports', async () => {
  const { ask } = await openWithShippedOrder();
  const report = {
    channel: 'sms',
    providerMessageId: 'captured-order-shipped:ord-1001:ada:sms',
    status: 'delivered',
  };

  expect((await ask('/v1/receipts', { json: [report] })).body.results).toMatchObject([
    { result: 'recorded' },
  ]);
  expect((await ask('/v1/receipts', { json: report })).body.results).toMatchObject([{ result: 'repeated' }]);
  expect(await ask('/v1/receipts', { json: { status: 'lost' } })).toMatchObject({ status: 400 });
});

async function someEvent({ services, datastore }: Shop) {
  await services.ordering.shipOrder({ orderId: 'ord-1004' });
  const [event] = await datastore.eventLog.about('ord-1004');
  return event;
}
