import { expect, test } from 'vitest';
import { beginsAtMs, type ReadingRow } from '../../../src/flows/iot/input.ts';
import { CountingStore } from '../../../src/flows/iot/store.ts';
import { only, playReadings } from './a-greenhouse.ts';

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

test('a batch that is stored twice is counted once', async () => {
  const store = new CountingStore();
  const columns = { sensorIds: ['fern'], atMs: [0], values: [20] };

  await store.put(1, columns);
  await store.put(1, columns);
  await store.put(2, columns);

  expect(store.rows).toBe(2);
});
