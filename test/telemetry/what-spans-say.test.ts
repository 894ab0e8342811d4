import { expect, test } from 'vitest';
import { captureEmail, captureSms } from '../../src/delivery/index.ts';
import { traceIdOf } from '../../src/events/index.ts';
import { createApp } from '../../src/http/app.ts';
import { silentLogger, VirtualClock } from '../../src/kernel/index.ts';
import { architectureNames } from '../../src/shop/index.ts';
import { noonMs } from '../support/requests.ts';
import { openCollector, orphansIn, wayUp } from './collector.ts';
import { during, failing } from './traced-shop.ts';

function optionsOf(kind: 'transient' | 'permanent' = 'transient') {
  const clock = new VirtualClock(noonMs);
  return { clock, channels: [failing(captureEmail({ clock }), kind), captureSms()] };
}

test.each(architectureNames)('on %s, what is given up is in the trace of its cause', async (architecture) => {
  const collector = await openCollector();

  await during({ ...optionsOf('permanent'), architecture }, collector.url, async (shop) => {
    await shop.start();
    await shop.services.ordering.shipOrder({ orderId: 'ord-1001' });
    await shop.settle();
  });

  const spans = collector.spans();
  const [refused] = spans.filter(({ name }) => name === 'send email');
  const [dead] = spans.filter(({ name }) => / DeadLetterAdded$/.test(name) && !name.startsWith('process'));
  expect(refused).toMatchObject({ isError: true, attributes: { 'shop.result': 'permanent' } });
  expect(dead && wayUp(spans, dead).at(-1)).toBe('ordering.shipOrder');
  expect(orphansIn(spans)).toEqual([]);
});

test.each(architectureNames)('on %s, a text of one’s own has a trace of its own', async (architecture) => {
  const collector = await openCollector();

  await during({ ...optionsOf(), architecture }, collector.url, async (shop) => {
    await shop.start();
    await shop.send({
      notificationId: 'n-1',
      channel: 'sms',
      recipient: 'ada',
      message: 'The shop is closed',
    });
    await shop.settle();
  });

  const spans = collector.spans();
  const [sms] = spans.filter(({ name }) => name === 'send sms');
  expect(sms && wayUp(spans, sms).at(-1)).toBe('send own-text');
  expect(new Set(spans.map(({ traceId }) => traceId)).size).toBe(1);
  expect(orphansIn(spans)).toEqual([]);
});

test.each(['in-memory', 'durable'] as const)(
  'over the %s bus, each attempt of a subscriber is a span, and what it emits hangs on the one that succeeded',
  async (bus) => {
    const collector = await openCollector();
    const options = { ...optionsOf(), bus };

    await during(options, collector.url, async (shop) => {
      shop.bus.subscribe({
        name: 'fails-once',
        handles: ['OrderStatusChanged'],
        retry: { maxAttempts: 2, initialDelayMs: 1000 },
        async handle(message, { attempt, publish }) {
          const id = `019cadf2-2a00-7000-8004-aabbccddee0${attempt}`;
          publish([{ ...message, id, causationId: message.id }]);
          if (attempt === 1) throw new Error('not yet, ada@example.com');
        },
      });
      await shop.start();
      await shop.services.ordering.shipOrder({ orderId: 'ord-1001' });
      await shop.settle();
      await options.clock.advanceTo(options.clock.now() + 2000, () => shop.settle());
    });

    const spans = collector.spans();
    const attempts = spans.filter(
      ({ attributes }) => attributes['messaging.consumer.group.name'] === 'fails-once',
    );
    expect(attempts.slice(0, 2)).toMatchObject([
      { isError: true, attributes: { 'shop.attempt': 1, 'error.type': 'Error' } },
      { isError: false, attributes: { 'shop.attempt': 2 } },
    ]);
    const emitted = spans.find(({ spanId }) => spanId === '8004aabbccddee02');
    expect(emitted?.parentSpanId).toBe(attempts[1]?.spanId);
    expect(spans.map(({ spanId }) => spanId)).not.toContain('8004aabbccddee01');
  },
);

test('a request is linked to the trace of whoever asked, and refused commands say why', async () => {
  const collector = await openCollector();
  const options = optionsOf();
  const traceparent = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`;

  await during(options, collector.url, async (shop) => {
    await shop.start();
    const app = createApp({
      shop,
      architecture: 'event-sourced',
      bus: 'durable',
      outboxes: {},
      unsubscribeSecrets: [],
      clock: options.clock,
      logger: silentLogger,
      stopping: new AbortController().signal,
    });
    const ask = (path: string, headers: Record<string, string>) =>
      app.request(path, {
        method: 'POST',
        body: '{}',
        headers: { 'content-type': 'application/json', ...headers },
      });
    expect((await ask('/v1/orders/ord-1001/shipments', { traceparent })).status).toBe(200);
    expect((await ask('/v1/orders/none/shipments', { traceparent: 'nonsense' })).status).toBe(404);
    await shop.settle();
  });

  expect(collector.spans().filter(({ name }) => name === 'ordering.shipOrder')).toMatchObject([
    {
      kind: 2,
      isError: false,
      parentSpanId: undefined,
      links: [{ traceId: 'a'.repeat(32), spanId: 'b'.repeat(16) }],
      attributes: { 'http.request.method': 'POST', 'http.route': '/v1/orders/{orderId}/shipments' },
    },
    { kind: 2, isError: true, links: [], attributes: { 'error.type': 'unknown_order' } },
  ]);
});

test('the trace is the correlation id, the times are the shop’s, and commands at once do not mix', async () => {
  const collector = await openCollector();
  const orders = ['ord-1001', 'ord-1002', 'ord-1004', 'ord-1005'];
  const traces = new Map<string, string>();

  await during(optionsOf(), collector.url, async (shop) => {
    await shop.start();
    await Promise.all(orders.map((orderId) => shop.services.ordering.shipOrder({ orderId })));
    await shop.settle();
    for (const orderId of orders) {
      const [event] = await shop.datastore.eventLog.about(orderId);
      traces.set(traceIdOf(event?.correlationId ?? ''), orderId);
    }
  });

  const spans = collector.spans();
  const roots = spans.filter(({ parentSpanId }) => parentSpanId === undefined);
  expect(roots.map(({ traceId }) => traces.get(traceId)).toSorted()).toEqual(orders);
  for (const span of spans.filter(({ name }) => name.startsWith('send ')))
    expect(span.attributes['shop.delivery.id']).toContain(traces.get(span.traceId));
  expect(new Set(spans.flatMap(({ startMs, endMs }) => [startMs, endMs]))).toEqual(new Set([noonMs]));
});

test.each(architectureNames)('on %s, no span names a person', async (architecture) => {
  const collector = await openCollector();
  const options = { ...optionsOf(), architecture };

  await during(options, collector.url, async (shop) => {
    await shop.start();
    const { accounts, ordering } = shop.services;
    await accounts.registerCustomer({
      customerId: 'kim',
      name: 'Kim Secret',
      email: 'kim@private.example',
      phone: '+447700900999',
      segment: 'gold',
      locale: 'en-GB',
      timeZone: 'Europe/London',
    });
    await ordering.shipOrder({ orderId: 'ord-1001' });
    await shop.send({
      notificationId: 'n-1',
      channel: 'sms',
      recipient: 'ada',
      message: 'Confidential words',
    });
    await options.clock.advanceTo(options.clock.now() + 60_000, () => shop.settle());
  });

  const bytes = collector.bodies.join('\n');
  expect(bytes).toContain('send email');
  expect(bytes).not.toMatch(/Kim Secret|private\.example|7700900|Byrne|ada@|Confidential|no answer/i);
});
