import Database from 'libsql';
import { afterEach, expect, test, vi } from 'vitest';
import { type Datastore, type DeliveryRecord, openDatastore } from '../../src/datastore/index.ts';
import { emptyDatastore, hasServer } from '../support/a-datastore.ts';
import { aDelivery, anEntry, deferred, requestedAtMs, sent } from '../support/records.ts';
import { temporaryFile } from '../support/temporary-file.ts';

afterEach(() => void vi.restoreAllMocks());

/** Enters a notification for each delivery, and what became of it. */
async function keep({ ledger }: Datastore, ...deliveries: readonly DeliveryRecord[]): Promise<void> {
  await ledger.open(deliveries.map(({ notificationId, channel }) => anEntry(notificationId, [channel])));
  await ledger.record(deliveries, []);
}

const sentAfter = (notificationId: string, channel: string, tookMs: number): DeliveryRecord => ({
  ...sent(notificationId, channel),
  settledAtMs: requestedAtMs + tookMs,
});

test('an empty ledger has neither groups nor times', async () => {
  expect(await (await emptyDatastore()).statistics.deliveries()).toEqual({
    groups: [],
    sentAfter: [],
    oldestPending: [],
    lastWords: [],
    deadMessages: [],
    times: [],
    receipts: [],
  });
});

test('what was sent is counted by its attempts, what is pending by the oldest request', async () => {
  const datastore = await emptyDatastore();
  await keep(
    datastore,
    sent('n-1', 'sms'),
    { ...sent('n-2', 'sms'), attempts: 3 },
    { ...sent('n-3', 'sms'), attempts: 3 },
    deferred('n-4', 'email', 50),
  );

  const { sentAfter, oldestPending } = await datastore.statistics.deliveries();

  expect(sentAfter).toEqual([
    { channel: 'sms', attempts: 1, count: 1 },
    { channel: 'sms', attempts: 3, count: 2 },
  ]);
  expect(oldestPending).toEqual([{ channel: 'email', requestedAtMs }]);
});

test('deliveries of one channel that stand alike are one group', async () => {
  const datastore = await emptyDatastore();
  const optedOut = { status: 'skipped', reason: 'opted_out', settledAtMs: requestedAtMs } as const;
  await keep(
    datastore,
    deferred('n-1', 'sms', 50),
    deferred('n-2', 'sms', 40),
    aDelivery('n-3', 'sms'),
    aDelivery('n-4', 'email', optedOut),
    aDelivery('n-5', 'email', optedOut),
    aDelivery('n-6', 'sms', optedOut),
    { ...sent('n-7', 'email'), attempts: 3 },
    sent('n-8', 'email'),
  );

  const { groups } = await datastore.statistics.deliveries();

  const nothing = {
    errorCode: null,
    attempts: 0,
    asked: 0,
    waiting: 0,
    nextDueAtMs: null,
    lastFailedAtMs: null,
  };
  const [email, sms] = [
    { ...nothing, channel: 'email' },
    { ...nothing, channel: 'sms' },
  ];
  expect(groups).toEqual([
    { ...email, status: 'sent', reason: 'sent', count: 2, attempts: 4, asked: 2 },
    { ...email, status: 'skipped', reason: 'opted_out', count: 2 },
    { ...sms, status: 'pending', reason: null, count: 1 },
    { ...sms, status: 'pending', reason: 'quiet_hours', count: 2, waiting: 2, nextDueAtMs: 40 },
    { ...sms, status: 'skipped', reason: 'opted_out', count: 1 },
  ]);
});

test('those that failed stand apart by their latest error, with the latest time', async () => {
  const datastore = await emptyDatastore();
  const failure = (notificationId: string, errorCode: string, lastFailedAtMs: number) => {
    return {
      notificationId,
      channel: 'email',
      errorCode,
      errorMessage: `421 at ${lastFailedAtMs}`,
      firstFailedAtMs: 1,
      lastFailedAtMs,
    };
  };
  const rejected = { status: 'dead_lettered', reason: 'rejected' } as const;
  await keep(
    datastore,
    sent('n-1', 'email'),
    sent('n-2', 'email'),
    sent('n-3', 'email'),
    aDelivery('n-4', 'email', { ...rejected, settledAtMs: 70 }),
    aDelivery('n-5', 'email', { ...rejected, settledAtMs: 90 }),
  );
  await datastore.ledger.record(
    [],
    [],
    [failure('n-1', 'busy', 20), failure('n-2', 'busy', 30), failure('n-4', 'gone', 60)],
  );

  const { groups, lastWords } = await datastore.statistics.deliveries();

  expect(lastWords.map(({ errorCode, words }) => [errorCode, words])).toEqual([
    ['gone', '421 at 60'],
    ['busy', '421 at 30'],
  ]);
  expect(
    groups.map(({ status, errorCode, count, lastFailedAtMs }) => [status, errorCode, count, lastFailedAtMs]),
  ).toEqual([
    ['dead_lettered', null, 1, 90],
    ['dead_lettered', 'gone', 1, 70],
    ['sent', null, 1, null],
    ['sent', 'busy', 2, 30],
  ]);
});

test('times are those of what was sent, by channel and all together', async () => {
  const datastore = await emptyDatastore();
  await keep(
    datastore,
    ...Array.from({ length: 100 }, (_, index) => sentAfter(`n-${index}`, 'email', 100 - index)),
    sentAfter('n-100', 'sms', 5000),
    aDelivery('n-101', 'sms', { status: 'skipped', reason: 'expired', settledAtMs: requestedAtMs + 90_000 }),
    deferred('n-102', 'push', requestedAtMs + 1000),
  );

  const { times } = await datastore.statistics.deliveries();

  expect(times).toEqual([
    { channel: null, count: 101, minMs: 1, p50Ms: 51, p95Ms: 96, p99Ms: 100, maxMs: 5000, totalMs: 10_050 },
    { channel: 'email', count: 100, minMs: 1, p50Ms: 50, p95Ms: 95, p99Ms: 99, maxMs: 100, totalMs: 5050 },
    {
      channel: 'sms',
      count: 1,
      minMs: 5000,
      p50Ms: 5000,
      p95Ms: 5000,
      p99Ms: 5000,
      maxMs: 5000,
      totalMs: 5000,
    },
  ]);
});

test.skipIf(hasServer)(
  'groups and times are of one moment, whatever another process writes in between',
  async () => {
    const file = temporaryFile('shop.db');
    const datastore = openDatastore({ file });
    await keep(datastore, sent('n-1', 'email'));
    const other = new Database(file);
    const { prepare } = Database.prototype;
    vi.spyOn(Database.prototype, 'prepare').mockImplementation(function (this: Database.Database, sql) {
      if (this !== other && sql.includes('requested_at as ms'))
        other.exec("update delivery set status = 'skipped'");
      return prepare.call(this, sql);
    });

    const { groups, times } = await datastore.statistics.deliveries();

    expect(groups).toMatchObject([{ status: 'sent', count: 1 }]);
    expect(times).toMatchObject([{ count: 1 }, { count: 1 }]);
    expect((await datastore.statistics.deliveries()).groups).toMatchObject([{ status: 'skipped', count: 1 }]);
    other.close();
    await datastore.close();
  },
);

test('what was asked of a provider stays counted when a dead letter is re-driven', async () => {
  const datastore = await emptyDatastore();
  await datastore.ledger.open([anEntry('n-1', ['email'])]);
  const dead = {
    status: 'dead_lettered',
    reason: 'attempts_exhausted',
    settledAtMs: 5,
    attempts: 3,
  } as const;
  await datastore.ledger.record([aDelivery('n-1', 'email', dead)], []);

  await datastore.ledger.redrive({ notificationId: 'n-1', channel: 'email' }, 10);
  const [waiting] = (await datastore.statistics.deliveries()).groups;
  await datastore.ledger.record([{ ...sent('n-1', 'email'), attempts: 1 }], []);
  const [ended] = (await datastore.statistics.deliveries()).groups;

  expect(waiting).toMatchObject({ status: 'pending', attempts: 3, asked: 1 });
  expect(ended).toMatchObject({ status: 'sent', attempts: 4, asked: 1 });
});

test('a channel is out as long as attempts have failed since its last yes, and a refusal is an answer', async () => {
  const datastore = await emptyDatastore();
  const down = {
    status: 'dead_lettered',
    reason: 'attempts_exhausted',
    settledAtMs: 5,
    attempts: 3,
  } as const;
  const refused = { status: 'dead_lettered', reason: 'rejected', settledAtMs: 5, attempts: 1 } as const;
  const failure = (notificationId: string, channel: string) => ({
    notificationId,
    channel,
    errorCode: 'channel_error',
    errorMessage: 'no',
    firstFailedAtMs: 5,
    lastFailedAtMs: 5,
  });
  await datastore.ledger.open([
    anEntry('n-1', ['email']),
    anEntry('n-2', ['sms']),
    anEntry('n-3', ['email']),
  ]);
  await datastore.ledger.record(
    [aDelivery('n-1', 'email', down), aDelivery('n-2', 'sms', refused)],
    [],
    [failure('n-1', 'email'), failure('n-2', 'sms')],
  );
  expect(await datastore.statistics.outages()).toEqual([{ channel: 'email', failures: 3 }]);

  await datastore.ledger.record([{ ...sent('n-3', 'email'), settledAtMs: 6 }], []);
  expect(await datastore.statistics.outages()).toEqual([]);
});

test('what happened is counted by when it did: from a moment on, what came before it left out', async () => {
  const datastore = await emptyDatastore();
  const at = (slot: number) => requestedAtMs + slot * 1000;
  const requested = { old: -1, first: 0, later: 2, waiting: 2 };
  await datastore.ledger.open(
    Object.entries(requested).map(([id, slot]) => anEntry(id, ['email', 'sms'], { requestedAtMs: at(slot) })),
  );
  const ended = (id: string, channel: string, settledAtMs: number) => ({
    ...sent(id, channel),
    settledAtMs,
  });
  const failure = { errorCode: 'channel_error', errorMessage: 'no', lastFailedAtMs: at(9) };
  await datastore.ledger.record(
    [
      ended('old', 'email', at(0) - 1),
      ended('old', 'sms', at(0)),
      ended('first', 'email', at(1) - 1),
      aDelivery('first', 'sms', { status: 'dead_lettered', reason: 'rejected', settledAtMs: at(2) }),
      aDelivery('later', 'sms', { status: 'skipped', reason: 'opted_out', settledAtMs: at(2) }),
      ended('later', 'email', at(2)),
    ],
    [],
    [
      { ...failure, notificationId: 'first', channel: 'sms', firstFailedAtMs: at(1) },
      { ...failure, notificationId: 'old', channel: 'sms', firstFailedAtMs: at(0) - 1 },
    ],
  );

  const counts = await datastore.statistics.overTime({ fromMs: at(0), slotMs: 1000 });

  expect(new Map(counts.map(({ what, slot, count }) => [`${what} ${slot}`, count]))).toEqual(
    new Map([
      ['requested 0', 2],
      ['requested 2', 4],
      ['pending null', 2],
      ['sent 0', 2],
      ['sent 2', 1],
      ['dead_lettered 2', 1],
      ['skipped 2', 1],
      ['failed 1', 1],
    ]),
  );
});
