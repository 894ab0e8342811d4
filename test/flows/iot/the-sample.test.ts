import { expect, test } from 'vitest';
import { beginsAtMs } from '../../../src/flows/iot/input.ts';
import { buses, only, playReadings, sampleRows } from './a-greenhouse.ts';
import { expectedOf } from './oracle.ts';
import { saidOf } from './what-was-said.ts';

test.each(buses)('the sample comes to the end of its sheet (%s)', async (busName) => {
  const rows = await sampleRows();
  const { report, said, store } = await playReadings(busName, rows);

  expect(report.data).toMatchObject({
    readings: {
      received: 157,
      accepted: 153,
      rejected: { duplicate: 1, too_late: 1, unknown_unit: 1, not_a_number: 1 },
    },
    windows: 26,
    anomalies: 27,
    alerts: {
      anomaly: { raised: 2, cleared: 0, suppressed: 25 },
      too_warm: { raised: 1, cleared: 1, suppressed: 0 },
    },
    silences: 1,
    store: { rows: 153 },
  });
  expect(report.checks.filter(({ holds }) => !holds)).toEqual([]);
  expect(report.statistics.deadLetters).toBe(0);

  const minuteOf = (fromMs: number): number => (fromMs - beginsAtMs) / 60_000;
  const anomalies = only(said, 'AnomalyDetected').map(({ data }) => data);
  expect(anomalies.filter(({ sensorId }) => sensorId === 'basil')).toMatchObject([{ value: 45 }]);
  expect(anomalies.filter(({ sensorId }) => sensorId === 'tomato')).toHaveLength(26);
  expect(
    only(said, 'LimitReached').map(({ data }) => [data.sensorId, minuteOf(data.fromMs), data.median]),
  ).toEqual([['tomato', 5, 31.65]]);
  expect(only(said, 'LimitLeft').map(({ data }) => [data.sensorId, minuteOf(data.fromMs)])).toEqual([
    ['tomato', 8],
  ]);
  const windows = only(said, 'WindowClosed').map(({ data }) => ({ ...data, minute: minuteOf(data.fromMs) }));
  const windowOf = (sensor: string, at: number) =>
    windows.find(({ sensorId, minute }) => sensorId === sensor && minute === at);
  expect(windowOf('basil', 3)).toMatchObject({ count: 6 });
  expect(windowOf('basil', 3)?.mean).toBeCloseTo(25.1833, 4);
  expect(windowOf('orchid', 0)).toMatchObject({ count: 5 });
  expect(
    only(said, 'SensorSilent').map(({ time, data }) => [data.sensorId, Date.parse(time) - beginsAtMs]),
  ).toEqual([['orchid', 410_000]]);

  expect(saidOf(said, store.rows)).toEqual(expectedOf(rows));
});

test('medians are lines on one scale, sensors in figures and alerts in words', async () => {
  const { report } = await playReadings('in-memory', await sampleRows());
  const [, sensors, alerts] = report.tables;

  expect(report.pictures).toMatchObject([
    {
      kind: 'lines',
      lines: [{ name: 'tomato' }, { name: 'basil' }, { name: 'orchid' }],
      limits: [{ value: 30 }],
    },
  ]);
  const [medians] = report.pictures;
  const tomato = medians?.kind === 'lines' ? medians.lines[0]?.values : [];
  expect(tomato?.map((value) => (value ?? 0) >= 30)).toEqual([
    ...[false, false, false, false, false],
    ...[true, true, true],
    ...[false, false],
  ]);
  expect(sensors?.rows).toEqual([
    ['tomato', '10', '24.15 °C', '31.75 °C', '26', ''],
    ['basil', '10', '21.15 °C', '21.25 °C', '1', ''],
    ['orchid', '6', '27.15 °C', '27.25 °C', '0', 'fell silent'],
  ]);
  expect(alerts?.rows.map(([at, sensor, words]) => `${at?.slice(11)} ${sensor} ${words}`)).toEqual([
    '10:03:20 basil ▲ a reading unlike those before: 45.00 °C',
    '10:05:00 tomato ▲ a reading unlike those before: 31.50 °C',
    '10:06:10 tomato ▲ too warm: 31.65 °C',
    '10:06:50 orchid ○ silent for a minute',
    '10:09:10 tomato ▽ no more too warm: 24.20 °C',
    '10:10:00 tomato · 25 more of: a reading unlike those before',
  ]);
});
