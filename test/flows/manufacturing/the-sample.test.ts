import { expect, test } from 'vitest';
import { bake, buses, failedChecks, only, sampleRows } from './a-bakery.ts';

interface Line {
  readonly limits: Readonly<Record<'centre' | 'meanRange' | 'upper' | 'lower' | 'upperRange', number>>;
  readonly signalled: readonly { readonly group: number; readonly rules: readonly string[] }[];
  readonly wear: { readonly slope: number; readonly dueInHours: number };
}

test.each(buses)('the sample comes to the end of its sheet (%s)', async (busName) => {
  const { report, said } = await bake(busName, await sampleRows());
  const [line] = report.data.lines as [Line];
  const [lot] = report.data.lots as [
    { oee: number; pieces: number; rejected: unknown[]; flours: string[]; factors: number[] },
  ];

  expect(line.limits.centre).toBeCloseTo(60, 3);
  expect(line.limits.meanRange).toBeCloseTo(0.7, 3);
  expect(line.limits.upper).toBeCloseTo(60.404, 3);
  expect(line.limits.lower).toBeCloseTo(59.596, 3);
  expect(line.limits.upperRange).toBeCloseTo(1.48, 3);
  const [one, two, three] = ['beyond_3_sigma', '2_of_3_beyond_2_sigma', '4_of_5_beyond_1_sigma'];
  expect(line.signalled).toEqual([
    { group: 9, rules: [one] },
    { group: 13, rules: [one, two] },
    { group: 14, rules: [one, two] },
    { group: 15, rules: [one, two, three] },
    { group: 16, rules: [one, two, three] },
    { group: 18, rules: ['range'] },
  ]);
  expect(lot).toMatchObject({ pieces: 100, rejected: [{ group: 18, diameter: 62.1 }], flours: ['flour-7'] });
  expect(line.wear.slope).toBeCloseTo(0.3021, 4);
  expect(line.wear.dueInHours).toBeCloseTo(5.92, 2);
  expect(only(said, 'MaintenanceRequested')).toHaveLength(1);
  expect(only(said, 'StockLow').map(({ data }) => [data.group, data.cookie])).toEqual([[17, 84]]);
  expect(lot.factors.map((factor) => factor.toFixed(2))).toEqual(['0.90', '0.95', '0.99']);
  expect(lot.oee).toBeCloseTo(0.846, 3);
  expect(only(said, 'SafetyShutdown')).toEqual([]);
  expect(failedChecks(report)).toEqual([]);
  expect(report.statistics.deadLetters).toBe(0);
});

test('the chart has the limits, and a mark for each group that signals', async () => {
  const { report } = await bake('in-memory', await sampleRows());
  const [chart] = report.pictures;

  expect(chart).toMatchObject({
    kind: 'lines',
    ends: ['1', '20'],
    limits: [{ value: 60.404 }, { value: 60 }, { value: 59.596 }],
  });
  expect(chart?.kind === 'lines' && chart.lines[0]?.marks?.map(({ index }) => index + 1)).toEqual([
    9, 13, 14, 15, 16, 18,
  ]);
});
