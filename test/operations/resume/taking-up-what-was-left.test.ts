import { describe, expect, test } from 'vitest';
import { openDatastore } from '../../../src/datastore/index.ts';
import { ChannelError } from '../../../src/delivery/index.ts';
import { type ResumeOptions, resume } from '../../../src/operations/resume/resume.ts';
import { ledgerLines } from '../../support/ledger.ts';
import { keepShop, openedAtMs, placed, ship, shopWithDeadLetters } from '../dead-letters/a-kept-shop.ts';

/** What is in a file after it was resumed, with the result. */
async function resumed(file: string, options: Omit<ResumeOptions, 'datastore'> = { bus: 'durable' }) {
  const datastore = openDatastore({ file });
  const result = await resume({ datastore, ...options });
  const lines = await ledgerLines(datastore);
  await datastore.close();
  return { ...result, lines };
}

/** A shop that was killed after an event was logged, and before anybody had handled it. */
const killedBeforeHandling = () =>
  keepShop(async (world) => {
    await ship('ord-1001')(world);
    await world.architecture.settle();
    // Nobody hears of what is logged after this.
    await world.close();
    const { data, ...order } = placed(world, 'ord-1004');
    const shipped = { ...data, customerId: 'dev', status: 'shipped' as const };
    await world.datastore.eventLog.append([{ ...order, data: shipped }]);
  });

test('an event that was logged and not handled is handled, and its customer told', async () => {
  const { before, after, ends, counts, lines } = await resumed(await killedBeforeHandling());

  expect(before).toMatchObject({ pending: 0, messages: { 'notification-service': 1 } });
  expect(after).toEqual({ pending: 0, inHand: 0, messages: {} });
  expect(ends).toEqual(new Map([['order-shipped', { sent: 1, skipped: 1, deadLettered: 0 }]]));
  expect(counts).toEqual({ requested: 4, sent: 3, skipped: 1, deadLettered: 0, pending: 0 });
  expect(lines).toContain('order-shipped dev email sent sent');
});

test('a delivery that was in hand when the process died is sent again under its id', async () => {
  const file = await keepShop(async ({ datastore }) => {
    await datastore.ledger.open([
      {
        notification: {
          id: 'order-shipped:ord-1001:ada',
          type: 'order-shipped',
          customerId: 'ada',
          subject: 'ord-1001',
          causeId: 'event-1',
          correlationId: 'event-1',
          occurredAtMs: openedAtMs,
          requestedAtMs: openedAtMs,
          variables: { orderId: 'ord-1001' },
        },
        deliveries: [
          {
            notificationId: 'order-shipped:ord-1001:ada',
            channel: 'email',
            status: 'pending',
            reason: null,
            dueAtMs: null,
            settledAtMs: null,
            attempts: 0,
            receipt: null,
          },
        ],
      },
    ]);
  });
  const keys: string[] = [];
  const email = {
    name: 'email',
    templates: 'email',
    async send(_: unknown, { idempotencyKey }: { idempotencyKey: string }) {
      keys.push(idempotencyKey);
      return { id: 'receipt-1' };
    },
  };

  const { before, counts } = await resumed(file, { bus: 'durable', channels: [email] });

  expect(before).toMatchObject({ pending: 1, inHand: 1 });
  expect(keys).toEqual(['order-shipped:ord-1001:ada:email']);
  expect(counts).toMatchObject({ requested: 1, sent: 1 });
});

describe('what waits for a later time', () => {
  /** At half past nine in the evening Clara is asleep in Berlin, until seven; her mail has arrived. */
  const asleep = () =>
    keepShop(
      async (world) => {
        await world.advanceTo(Date.parse('2026-03-02T21:30:00Z'));
        await ship('ord-1008')(world);
      },
      { untilDone: false },
    );

  test('is done when its time has come, and the clock is moved until nothing waits', async () => {
    const { fromMs, toMs, counts } = await resumed(await asleep());

    expect(new Date(fromMs).toISOString()).toBe('2026-03-02T21:30:00.000Z');
    expect(new Date(toMs).toISOString()).toBe('2026-03-03T06:00:00.000Z');
    expect(counts).toMatchObject({ sent: 2, pending: 0 });
  });

  test.each([
    ['2026-03-03T05:59:59Z', 1],
    ['2026-03-03T06:00:00Z', 0],
    ['2026-03-03T09:00:00Z', 0],
  ])('with a limit at %s, %i is left waiting', async (until, pending) => {
    const { toMs, counts } = await resumed(await asleep(), { bus: 'durable', untilMs: Date.parse(until) });

    expect(toMs).toBe(Date.parse(until));
    expect(counts).toMatchObject({ pending });
  });

  test('is left where it is by one that was told to stop, and taken up by the next', async () => {
    const file = await asleep();

    const stopped = await resumed(file, { bus: 'durable', signal: AbortSignal.abort() });
    expect(stopped).toMatchObject({ wasStopped: true, counts: { sent: 1, pending: 1 } });

    expect(await resumed(file)).toMatchObject({ wasStopped: false, counts: { sent: 2, pending: 0 } });
  });
});

test('twice does nothing twice: the second finds nothing left', async () => {
  const file = await killedBeforeHandling();
  const first = await resumed(file);

  const second = await resumed(file);

  expect(second.before).toEqual({ pending: 0, inHand: 0, messages: {} });
  expect(second.ends.size).toBe(0);
  expect(second.lines).toEqual(first.lines);
  expect(second.fromMs).toBe(first.toMs);
});

test('an event that was handled already, and comes again, tells nobody a second time', async () => {
  const file = await keepShop(async (world) => {
    await ship('ord-1001')(world);
    await world.architecture.settle();
    await world.close();
    const { data, ...order } = placed(world, 'ord-1001');
    const shipped = { ...data, customerId: 'ada', status: 'shipped' as const };
    await world.datastore.eventLog.append([{ ...order, data: shipped }]);
  });

  const { before, ends, counts } = await resumed(file);

  expect(before.messages).toEqual({ 'notification-service': 1 });
  expect(ends.size).toBe(0);
  expect(counts).toMatchObject({ requested: 2, sent: 2 });
});

test('messages that a subscriber has no use for are not left undone', async () => {
  const file = await shopWithDeadLetters();
  const datastore = openDatastore({ file });
  const [own] = await datastore.statistics.backlog();
  await datastore.close();
  expect(own).toMatchObject({ subscriber: 'notification-service', unseen: { DeadLetterAdded: 1 } });

  expect((await resumed(file)).before.messages).toEqual({});
});

test('no message of a resumed shop has the id of an older one, made at the same moment', async () => {
  const file = await killedBeforeHandling();
  const email = {
    name: 'email',
    templates: 'email',
    send: () => Promise.reject(new ChannelError('permanent', { message: 'no such mailbox' })),
  };

  await resumed(file, { bus: 'durable', channels: [email] });

  // It would have been taken for one that the log has already.
  const datastore = openDatastore({ file });
  const alerts = await datastore.eventLog.about('order-shipped:ord-1004:dev:email');
  expect(alerts.map(({ type }) => type)).toEqual(['DeadLetterAdded']);
  await datastore.close();
});

describe('a shop that ran on another bus or architecture', () => {
  test('has its deliveries finished, and is told who begins at the end of the log', async () => {
    const file = await keepShop(ship('ord-1001'), { bus: 'in-memory' });

    expect(await resumed(file)).toMatchObject({
      newcomers: ['notification-service'],
      counts: { pending: 0 },
    });
  });

  test('is told who still has messages before it, and does not run', async () => {
    const file = await killedBeforeHandling();

    const { subscribers, after, counts } = await resumed(file, {
      bus: 'durable',
      architecture: 'command-driven',
    });

    expect(subscribers).not.toContain('notification-service');
    expect(after.messages).toEqual({ 'notification-service': 1 });
    expect(counts).toMatchObject({ requested: 2 });
    // And nothing is lost: whoever it is for finds it.
    expect(await resumed(file)).toMatchObject({
      counts: { requested: 4, pending: 0 },
      after: { messages: {} },
    });
  });

  test.each(['api-driven', 'command-driven'] as const)('is taken up on %s', async (architecture) => {
    const file = await keepShop(ship('ord-1001'), {
      architecture,
      faults: { email: { failureRate: 1 } },
      untilDone: false,
    });

    const { before, counts } = await resumed(file, { bus: 'durable', architecture });

    expect(before).toMatchObject({ pending: 1 });
    expect(counts).toMatchObject({ requested: 2, sent: 2 });
  });
});
