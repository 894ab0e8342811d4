import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type DeliveryFailure, type DeliveryRecord, openDatastore } from '../../../src/datastore/index.ts';
import { type Figures, statusOf } from '../../../src/operations/status/figures.ts';
import { aDelivery, anEntry } from '../../support/records.ts';

const channels = ['email', 'push', 'sms'] as const;

/** A delivery of any channel that came to any end, after any number of failures. */
const anyDelivery = fc.record({
  channel: fc.constantFrom(...channels),
  end: fc.constantFrom(
    { status: 'pending', reason: null },
    { status: 'pending', reason: 'quiet_hours' },
    { status: 'sent', reason: 'sent' },
    { status: 'skipped', reason: 'opted_out' },
    { status: 'skipped', reason: 'no_contact' },
    { status: 'dead_lettered', reason: 'rejected' },
  ),
  requestedAtMs: fc.integer({ min: 0, max: 1000 }),
  tookMs: fc.oneof(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 100_000 })),
  attempts: fc.integer({ min: 0, max: 4 }),
  errorCode: fc.option(fc.constantFrom('channel_error', 'breaker_open')),
});

type AnyDelivery = typeof anyDelivery extends fc.Arbitrary<infer Value> ? Value : never;

/** The ledger that holds these, each of a notification of its own. */
async function ledgerOf(deliveries: readonly AnyDelivery[]) {
  const datastore = openDatastore();
  const { ledger } = datastore;
  await ledger.open(
    deliveries.map(({ channel, requestedAtMs }, index) =>
      anEntry(`n-${index}`, [channel], { requestedAtMs }),
    ),
  );
  await ledger.record(deliveries.map(toRecord), [], deliveries.flatMap(toFailure));
  return datastore;
}

function toRecord(
  { channel, end, requestedAtMs, tookMs, attempts }: AnyDelivery,
  index: number,
): DeliveryRecord {
  const atMs = requestedAtMs + tookMs;
  const isPending = end.status === 'pending';
  return aDelivery(`n-${index}`, channel, {
    ...(end as Pick<DeliveryRecord, 'status' | 'reason'>),
    attempts,
    settledAtMs: isPending ? null : atMs,
    dueAtMs: isPending && end.reason !== null ? atMs : null,
  });
}

function toFailure({ channel, errorCode }: AnyDelivery, index: number): DeliveryFailure[] {
  if (errorCode === null) return [];
  const [errorMessage, firstFailedAtMs, lastFailedAtMs] = ['the provider is down', index, index + 1];
  return [
    { notificationId: `n-${index}`, channel, errorCode, errorMessage, firstFailedAtMs, lastFailedAtMs },
  ];
}

/** The figures as anybody would count them. */
function counted(deliveries: readonly AnyDelivery[]): Partial<Figures> {
  const withStatus = (status: string) => deliveries.filter(({ end }) => end.status === status);
  const waiting = deliveries.filter(({ end }) => end.reason === 'quiet_hours');
  const failed = deliveries.filter(
    ({ end, errorCode }) => errorCode !== null || end.status === 'dead_lettered',
  );
  const asked = deliveries.filter(({ attempts }) => attempts > 0);
  const attempts = asked.reduce((sum, delivery) => sum + delivery.attempts, 0);
  const [sent, deadLettered] = [withStatus('sent').length, withStatus('dead_lettered').length];
  const dueAtMs = waiting.map(({ requestedAtMs, tookMs }) => requestedAtMs + tookMs);
  return {
    requested: deliveries.length,
    sent,
    skipped: withStatus('skipped').length,
    deadLettered,
    pending: withStatus('pending').length,
    waiting: waiting.length,
    nextDueAtMs: dueAtMs.length === 0 ? null : Math.min(...dueAtMs),
    failed: failed.length,
    recovered: failed.filter(({ end }) => end.status === 'sent').length,
    successRate: sent + deadLettered === 0 ? null : sent / (sent + deadLettered),
    attempts,
    asked: asked.length,
    averageAttempts: asked.length === 0 ? null : attempts / asked.length,
  };
}

/** The percentile by its definition: the smallest duration that so many percent of all do not exceed. */
function percentile(durations: readonly number[], percent: number): number | undefined {
  const sorted = [...durations].sort((one, other) => one - other);
  return sorted[Math.ceil((percent * sorted.length) / 100) - 1];
}

function timed(deliveries: readonly AnyDelivery[]): Figures['deliveryTime'] | object {
  const durations = deliveries.filter(({ end }) => end.status === 'sent').map(({ tookMs }) => tookMs);
  if (durations.length === 0) return null;
  return expect.objectContaining({
    count: durations.length,
    minMs: Math.min(...durations),
    p50Ms: percentile(durations, 50),
    p95Ms: percentile(durations, 95),
    p99Ms: percentile(durations, 99),
    maxMs: Math.max(...durations),
    totalMs: durations.reduce((sum, duration) => sum + duration, 0),
  });
}

const sumOf = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((sum, count) => sum + count, 0);

test('whatever the ledger holds, the figures agree with it to the unit, all together and by channel', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyDelivery, { maxLength: 60 }), async (deliveries) => {
      const datastore = await ledgerOf(deliveries);

      const status = statusOf(await datastore.statistics.deliveries());

      expect(status).toMatchObject(await datastore.ledger.counts());
      for (const figures of [status, ...status.channels]) {
        const channel = 'channel' in figures ? figures.channel : undefined;
        const own = deliveries.filter((delivery) => channel === undefined || delivery.channel === channel);
        const { requested, sent, skipped, deadLettered, pending } = figures;
        expect(requested).toBe(sent + skipped + deadLettered + pending);
        expect(figures).toMatchObject(counted(own));
        expect(figures.deliveryTime).toEqual(timed(own));
        expect(sumOf(figures.skippedByReason)).toBe(skipped);
        expect(sumOf(figures.deadLetteredByReason)).toBe(deadLettered);
        expect(sumOf(figures.waitingByReason)).toBe(figures.waiting);
      }
      expect(status.channels.map(({ channel }) => channel)).toEqual(
        channels.filter((name) => deliveries.some(({ channel }) => channel === name)),
      );
      expect(status.failures.reduce((sum, { count }) => sum + count, 0)).toBe(status.failed);
      await datastore.close();
    }),
    { seed: 1, numRuns: 100 },
  );
});
