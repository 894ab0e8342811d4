import { expect, test } from 'vitest';
import { beginsAtMs, type ReadingRow } from '../../../src/flows/iot/input.ts';
import { CountingStore } from '../../../src/flows/iot/store.ts';
import { buses, only, playReadings } from './a-greenhouse.ts';

/** One every ten seconds, so that six of them are a window. */
const every10s = (values: readonly number[]): readonly ReadingRow[] =>
  values.map((value, seq) => ({
    sensorId: 'fern',
    seq,
    atMs: beginsAtMs + seq * 10_000,
    value,
    unit: 'C',
  }));

const minutesAt = (...values: readonly number[]): readonly ReadingRow[] =>
  every10s(values.flatMap((value) => Array.from({ length: 6 }, () => value)));

test.each([
  { readings: 9, anomalies: 0 },
  { readings: 10, anomalies: 1 },
])(
  'what is wild behind $readings readings is an anomaly $anomalies times',
  async ({ readings, anomalies }) => {
    const { said } = await playReadings(
      'in-memory',
      every10s([...Array.from({ length: readings }, () => 20), 45]),
    );

    expect(only(said, 'AnomalyDetected')).toHaveLength(anomalies);
  },
);

test('it is too warm from 30.0 on, and until it is below 28.0', async () => {
  const { said } = await playReadings('in-memory', minutesAt(29.9, 30, 28, 27.9, 28));

  const minuteOf = ({ data }: { data: { fromMs: number } }): number => (data.fromMs - beginsAtMs) / 60_000;
  expect(only(said, 'LimitReached').map(minuteOf)).toEqual([1]);
  expect(only(said, 'LimitLeft').map(minuteOf)).toEqual([3]);
});

test.each(
  buses.flatMap((busName) => [
    { busName, shiftMs: -1, alerts: 1, suppressed: 1 },
    { busName, shiftMs: 0, alerts: 2, suppressed: 0 },
    { busName, shiftMs: 1, alerts: 2, suppressed: 0 },
  ]),
)(
  'an anomaly five minutes behind an alert, $shiftMs ms beside it: $alerts alerts ($busName)',
  async ({ busName, shiftMs, alerts, suppressed }) => {
    const usual = every10s(Array.from({ length: 12 }, () => 20));
    const first = { sensorId: 'fern', seq: 100, atMs: beginsAtMs + 115_000, value: 29, unit: 'C' };
    const second = { ...first, seq: 101, atMs: first.atMs + 5 * 60_000 + shiftMs };
    const { said } = await playReadings(busName, [...usual, first, second]);

    expect(only(said, 'AnomalyDetected')).toHaveLength(2);
    expect(only(said, 'AlertRaised').map(({ time }) => Date.parse(time))).toEqual(
      [first.atMs, second.atMs].slice(0, alerts),
    );
    expect(only(said, 'AlertSuppressed').reduce((sum, { data }) => sum + data.count, 0)).toBe(suppressed);
  },
);

test.each([
  { newestMs: 69_999, isTooLate: false },
  { newestMs: 70_000, isTooLate: true },
  { newestMs: 70_001, isTooLate: true },
])(
  'behind a reading at $newestMs ms one of the first minute is too late: $isTooLate',
  async ({ newestMs, isTooLate }) => {
    const reading = (seq: number, ms: number): ReadingRow => ({
      sensorId: 'fern',
      seq,
      atMs: beginsAtMs + ms,
      value: 20,
      unit: 'C',
    });
    const rows = [reading(0, 0), reading(2, newestMs), reading(1, 59_999)];
    const { said } = await playReadings('in-memory', rows);

    expect(only(said, 'ReadingRejected').map(({ data }) => data.reason)).toEqual(
      isTooLate ? ['too_late'] : [],
    );
  },
);

test('a batch that is stored twice is counted once', async () => {
  const store = new CountingStore();
  const columns = { sensorIds: ['fern'], atMs: [0], values: [20] };

  await store.put(1, columns);
  await store.put(1, columns);
  await store.put(2, columns);

  expect(store.rows).toBe(2);
});
