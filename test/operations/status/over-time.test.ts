import { expect, it } from 'vitest';
import { openDatastore } from '../../../src/datastore/index.ts';
import { overTime } from '../../../src/operations/status/index.ts';
import { aDelivery, anEntry, sent } from '../../support/records.ts';
import { temporaryFile } from '../../support/temporary-file.ts';

const minuteMs = 60_000;
const noonMs = Date.parse('2026-03-02T12:00:00Z');

/** Requested three minutes before noon: one is sent at once, one a minute later, one is given up then, and one waits. */
async function keepIn(file: string) {
  const datastore = openDatastore({ file });
  const requestedAtMs = noonMs - 3 * minuteMs;
  const ids = ['a', 'b', 'c', 'd'];
  await datastore.ledger.open(ids.map((id) => anEntry(id, ['email'], { requestedAtMs })));
  const dead = { status: 'dead_lettered', reason: 'rejected', attempts: 1 } as const;
  const settledAtMs = requestedAtMs + minuteMs;
  const failure = { errorCode: 'channel_error', errorMessage: 'no', lastFailedAtMs: settledAtMs };
  await datastore.ledger.record(
    [
      { ...sent('a', 'email'), settledAtMs: requestedAtMs + 5 },
      { ...sent('b', 'email'), settledAtMs },
      aDelivery('c', 'email', { ...dead, settledAtMs }),
    ],
    [],
    [{ ...failure, notificationId: 'c', channel: 'email', firstFailedAtMs: requestedAtMs }],
  );
  return datastore;
}

it('tells minute by minute what was sent, failed and waited, and the same after a restart', async () => {
  const file = temporaryFile('shop.db');
  const before = await keepIn(file);
  const latest = await overTime(before.statistics, 'hour', noonMs + 5);

  expect(latest).toHaveLength(60);
  expect(latest.slice(-5)).toEqual([
    { sinceMs: noonMs - 4 * minuteMs, requested: 0, sent: 0, failed: 0, deadLettered: 0, backlog: 0 },
    { sinceMs: noonMs - 3 * minuteMs, requested: 4, sent: 1, failed: 1, deadLettered: 0, backlog: 3 },
    { sinceMs: noonMs - 2 * minuteMs, requested: 0, sent: 1, failed: 0, deadLettered: 1, backlog: 1 },
    { sinceMs: noonMs - minuteMs, requested: 0, sent: 0, failed: 0, deadLettered: 0, backlog: 1 },
    { sinceMs: noonMs, requested: 0, sent: 0, failed: 0, deadLettered: 0, backlog: 1 },
  ]);

  await before.close();
  const after = openDatastore({ file });
  expect(await overTime(after.statistics, 'hour', noonMs + 5)).toEqual(latest);
  await after.close();
});

it('begins each slot at a round time, and holds what happened before the first for the backlog alone', async () => {
  const datastore = await keepIn(':memory:');
  const anHourOn = noonMs + 57 * minuteMs + 30_000;
  const slots = await overTime(datastore.statistics, 'hour', anHourOn);

  expect(slots[0]).toEqual({
    sinceMs: noonMs - 2 * minuteMs,
    requested: 0,
    sent: 1,
    failed: 0,
    deadLettered: 1,
    backlog: 1,
  });
  const week = await overTime(datastore.statistics, 'week', anHourOn);
  expect({ length: week.length, latest: week.slice(-2) }).toMatchObject({
    length: 56,
    latest: [
      { sinceMs: noonMs - 180 * minuteMs, requested: 4, sent: 2, backlog: 1 },
      { sinceMs: noonMs, sent: 0 },
    ],
  });
  await datastore.close();
});

it('takes what has happened behind its end, by a clock that was set back, as not yet ended', async () => {
  const datastore = await keepIn(':memory:');
  const slots = await overTime(datastore.statistics, 'hour', noonMs - 3 * minuteMs);

  expect(slots.at(-1)).toMatchObject({ sinceMs: noonMs - 3 * minuteMs, sent: 1, backlog: 3 });
  await datastore.close();
});
