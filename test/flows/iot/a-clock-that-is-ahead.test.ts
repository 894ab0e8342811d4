import { expect, test } from 'vitest';
import { beginsAtMs, type ReadingRow } from '../../../src/flows/iot/input.ts';
import { buses, only, playReadings, type Said, sampleRows } from './a-greenhouse.ts';

const minuteMs = 60_000;

/** What is said of all sensors but one. */
const withoutOf = (said: readonly Said[], sensorId: string) =>
  [...only(said, 'WindowClosed'), ...only(said, 'AlertRaised'), ...only(said, 'ReadingRejected')]
    .map(({ type, time, data }) => ({ type, time, data }))
    .filter(({ data }) => data.sensorId !== sensorId)
    .map((each) => JSON.stringify(each))
    .sort();

const wrong = (seq: number, aheadMs: number, atMs: number): ReadingRow => ({
  sensorId: 'basil',
  seq: 1000 + seq,
  atMs: atMs + aheadMs,
  value: 21,
  unit: 'C',
});

test.each(buses)('one reading from the future is refused, and makes none late (%s)', async (busName) => {
  const rows = await sampleRows();
  const usual = await playReadings(busName, rows);
  const middle = 60;
  const fromTheFuture = wrong(0, 120 * minuteMs, rows[middle]?.atMs ?? 0);
  const { report, said } = await playReadings(busName, [
    ...rows.slice(0, middle),
    fromTheFuture,
    ...rows.slice(middle),
  ]);

  expect(report.data.readings).toMatchObject({ accepted: 153, rejected: { too_early: 1, too_late: 1 } });
  expect(only(said, 'WindowClosed')).toHaveLength(only(usual.said, 'WindowClosed').length);
  expect(withoutOf(said, 'basil')).toEqual(withoutOf(usual.said, 'basil'));
  expect(report.checks.filter(({ holds }) => !holds)).toEqual([]);
});

test('a sensor that is ahead all the time, from the first line on, is refused, and the others are as they were', async () => {
  const rows = await sampleRows();
  const usual = await playReadings('in-memory', rows);
  const ahead = rows.map((row) =>
    row.sensorId === 'basil' ? { ...row, atMs: row.atMs + 120 * minuteMs } : row,
  );
  const basil = ahead.find(({ sensorId }) => sensorId === 'basil') as ReadingRow;
  const { report, said } = await playReadings('in-memory', [basil, ...ahead.filter((row) => row !== basil)]);

  expect(only(said, 'ReadingAccepted').filter(({ data }) => data.sensorId === 'basil')).toEqual([]);
  expect(withoutOf(said, 'basil')).toEqual(withoutOf(usual.said, 'basil'));
  expect(report.checks.filter(({ holds }) => !holds)).toEqual([]);
});

test('five minutes ahead is let in, a millisecond more is not', async () => {
  const rows = Array.from({ length: 12 }, (_, seq) => ({
    sensorId: 'orchid',
    seq,
    atMs: beginsAtMs + seq * 1000,
    value: 27,
    unit: 'C',
  }));
  const [first, ...others] = rows as [ReadingRow, ...ReadingRow[]];
  for (const [aheadMs, rejected] of [
    [5 * minuteMs - 1, 0],
    [5 * minuteMs, 0],
    [5 * minuteMs + 1, 1],
  ] as const) {
    // What comes behind it shows whose clock is right.
    const behind = others.map((row) => ({ ...row, atMs: beginsAtMs }));
    const { report } = await playReadings('in-memory', [first, wrong(0, aheadMs, beginsAtMs), ...behind]);

    expect(report.data.readings).toMatchObject({ rejected: { too_early: rejected } });
  }
});

test('after a gap in the file time has passed: what comes then is no reading from the future', async () => {
  const rows = await sampleRows();
  const later = rows.map((row) => ({ ...row, seq: row.seq + 500, atMs: row.atMs + 600 * minuteMs }));
  const { report } = await playReadings('in-memory', [...rows, ...later]);

  expect(report.data.readings).toMatchObject({ accepted: 306, rejected: { too_early: 0 } });
});
