import { describe, expect, test } from 'vitest';
import type { DeliveryFailure, Ledger } from '../../src/datastore/index.ts';
import { ledger as ledgerOf } from '../../src/datastore/ledger.ts';
import { emptyDatastore } from '../support/a-datastore.ts';
import { queryPlanOf } from '../support/query-plan.ts';
import { aDelivery, aNotification, anEntry, deferred, sent } from '../support/records.ts';

const key = (notificationId: string) => ({ notificationId, channel: 'email' });

const dead = (id: string, settledAtMs: number) =>
  aDelivery(id, 'email', { status: 'dead_lettered', reason: 'rejected', settledAtMs, attempts: 2 });

const failure = (id: string, atMs: number, errorMessage = 'no such mailbox'): DeliveryFailure => ({
  notificationId: id,
  channel: 'email',
  errorCode: 'channel_error',
  errorMessage,
  firstFailedAtMs: atMs,
  lastFailedAtMs: atMs,
});

/** n-1, n-2 and n-3 were given up at 30, 10 and 10. */
async function openWithDeadLetters(): Promise<Ledger> {
  const { ledger } = await emptyDatastore();
  await ledger.open(['n-1', 'n-2', 'n-3', 'n-4', 'n-5'].map((id) => anEntry(id, ['email'])));
  await ledger.record(
    [dead('n-1', 30), dead('n-2', 10), dead('n-3', 10), sent('n-4', 'email'), deferred('n-5', 'email', 99)],
    [],
    [failure('n-1', 30), failure('n-4', 5)],
  );
  return ledger;
}

describe('dead letters', () => {
  test('are listed in the order in which they were given up, with what went wrong', async () => {
    const ledger = await openWithDeadLetters();

    const letters = await ledger.deadLetters({ limit: 10 });

    expect(letters.map(({ notification }) => notification.id)).toEqual(['n-2', 'n-3', 'n-1']);
    expect(letters[2]).toEqual({
      notification: aNotification('n-1'),
      delivery: dead('n-1', 30),
      failure: failure('n-1', 30),
    });
    expect(letters[0]?.failure).toBeNull();
  });

  test('are read page by page, each once', async () => {
    const ledger = await openWithDeadLetters();

    const [first] = await ledger.deadLetters({ limit: 1 });
    const rest = await ledger.deadLetters({ limit: 10, after: first?.delivery ?? expect.fail() });

    expect(rest.map(({ notification }) => notification.id)).toEqual(['n-3', 'n-1']);
  });

  test('can be asked for one by one; nothing else is one', async () => {
    const ledger = await openWithDeadLetters();

    expect(await ledger.deadLetter(key('n-2'))).toMatchObject({ delivery: dead('n-2', 10) });
    for (const id of ['n-4', 'n-5', 'unknown']) expect(await ledger.deadLetter(key(id))).toBeUndefined();
  });

  test('are found without reading the deliveries that ended well', async () => {
    const plan = await queryPlanOf((db) =>
      ledgerOf(db, (work) => work(db)).deadLetters({ limit: 10, after: dead('n-1', 5) }),
    );

    expect(plan.filter((line) => line.includes('delivery_dead'))).toHaveLength(1);
    expect(plan.filter((line) => line.includes('TEMP B-TREE'))).toEqual([]);
  });
});

describe('what went wrong with a delivery', () => {
  test('is known since when, and what it was the last time', async () => {
    const ledger = await openWithDeadLetters();

    await ledger.record([], [], [failure('n-2', 3, 'busy')]);
    await ledger.record([], [], [failure('n-2', 9, 'still busy')]);

    expect((await ledger.deadLetter(key('n-2')))?.failure).toMatchObject({
      errorMessage: 'still busy',
      firstFailedAtMs: 3,
      lastFailedAtMs: 9,
    });
  });

  test('is recorded with the outcome, or not at all', async () => {
    const ledger = await openWithDeadLetters();
    const impossible = { ...failure('n-5', 7), errorCode: null as never };

    await expect(ledger.record([dead('n-5', 7)], [], [impossible])).rejects.toThrow(/not[ -]null/i);

    expect(await ledger.deadLetter(key('n-5'))).toBeUndefined();
  });
});

describe('a dead letter that is re-driven', () => {
  test('is pending again, due now, with all its attempts before it', async () => {
    const ledger = await openWithDeadLetters();

    const line = await ledger.redrive(key('n-1'), 50);

    const delivery = aDelivery('n-1', 'email', { reason: 'redriven', dueAtMs: 50 });
    expect(line).toEqual({ notification: aNotification('n-1'), delivery });
    expect((await ledger.find('id', 'n-1'))[0]?.deliveries).toEqual([delivery]);
    expect(await ledger.counts()).toEqual({ requested: 5, sent: 1, skipped: 0, deadLettered: 2, pending: 2 });
  });

  test('keeps what it died of among its verdicts, and what went wrong', async () => {
    const ledger = await openWithDeadLetters();

    await ledger.redrive(key('n-1'), 50);
    await ledger.record([dead('n-1', 60)], []);

    const verdict = { ...key('n-1'), untilMs: null };
    expect(await ledger.verdicts(['n-1'])).toEqual([
      { ...verdict, atMs: 30, reason: 'rejected' },
      { ...verdict, atMs: 50, reason: 'redriven' },
    ]);
    expect((await ledger.deadLetter(key('n-1')))?.failure).toEqual(failure('n-1', 30));
  });

  test('is none any more: of two who ask at once, one is refused', async () => {
    const ledger = await openWithDeadLetters();

    const lines = await Promise.all([ledger.redrive(key('n-1'), 50), ledger.redrive(key('n-1'), 50)]);

    expect(lines.filter((line) => line !== undefined)).toHaveLength(1);
    expect(await ledger.verdicts(['n-1'])).toHaveLength(2);
  });
});

describe('a dead letter that is discarded', () => {
  test('counts as skipped, and keeps what it died of among its verdicts', async () => {
    const ledger = await openWithDeadLetters();

    const line = await ledger.discard(key('n-1'), 50);

    const delivery = aDelivery('n-1', 'email', {
      status: 'skipped',
      reason: 'discarded',
      settledAtMs: 50,
      attempts: 2,
    });
    expect(line).toEqual({ notification: aNotification('n-1'), delivery });
    expect((await ledger.find('id', 'n-1'))[0]?.deliveries).toEqual([delivery]);
    expect(await ledger.verdicts(['n-1'])).toMatchObject([{ atMs: 30, reason: 'rejected' }]);
    expect(await ledger.counts()).toEqual({ requested: 5, sent: 1, skipped: 1, deadLettered: 2, pending: 1 });
  });
});

test.each(['redrive', 'discard'] as const)('%s leaves alone whatever is no dead letter', async (act) => {
  const ledger = await openWithDeadLetters();
  const before = await ledger.counts();

  for (const id of ['n-4', 'n-5', 'unknown']) expect(await ledger[act](key(id), 50)).toBeUndefined();

  expect(await ledger.counts()).toEqual(before);
  expect(await ledger.verdicts(['n-4', 'n-5', 'unknown'])).toEqual([]);
});
