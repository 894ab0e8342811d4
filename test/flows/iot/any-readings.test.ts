import fc from 'fast-check';
import { expect, test } from 'vitest';
import { beginsAtMs, type ReadingRow } from '../../../src/flows/iot/input.ts';
import { type BusName, only, playReadings } from './a-greenhouse.ts';
import { expectedOf } from './oracle.ts';
import { saidOf } from './what-was-said.ts';

const oneOf = <T>(...values: readonly T[]) => fc.constantFrom(...values);

/** What a sensor sends next. */
const step = fc.record({
  afterS: oneOf(1, 5, 10, 10, 10, 20, 59, 60, 70, 130),
  offset: oneOf(0, 0.1, 0.2, 0.3),
  isWild: oneOf(false, false, false, false, true),
  /** It gets warm for a while, or cool again. */
  turns: oneOf(false, false, false, false, false, true),
  trouble: oneOf('none', 'none', 'none', 'none', 'none', 'none', 'none', 'null', 'unit', 'double'),
  delayS: oneOf(0, 0, 0, 0, 3, 9, 15, 75),
});

type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;
type Late = ReadingRow & { readonly arrivesS: number };

function sent(sensorId: string, steps: readonly Step[]): Late[] {
  let atMs = beginsAtMs;
  let base = 24;
  return steps.flatMap(({ afterS, offset, isWild, turns, trouble, delayS }, seq): Late[] => {
    atMs += afterS * 1000;
    if (turns) base = base === 24 ? 31 : 24;
    const value = Math.round((base + offset + (isWild ? 9 : 0)) * 10) / 10;
    const row: Late = {
      sensorId,
      seq,
      atMs,
      value: trouble === 'null' ? null : value,
      unit: trouble === 'unit' ? 'F' : 'C',
      arrivesS: atMs / 1000 + delayS,
    };
    return trouble === 'double' ? [row, { ...row, arrivesS: row.arrivesS + 5 }] : [row];
  });
}

const inOrderOfArrival = (rows: readonly Late[]): readonly ReadingRow[] =>
  rows.toSorted((one, other) => one.arrivesS - other.arrivesS).map(({ arrivesS: _, ...row }) => row);

const sensors = fc.array(fc.array(step, { minLength: 1, maxLength: 60 }), { minLength: 1, maxLength: 3 });
const readings = sensors.map((all) =>
  inOrderOfArrival(all.flatMap((steps, index) => sent(`s${index + 1}`, steps))),
);

async function agree(busName: BusName, rows: readonly ReadingRow[]): Promise<void> {
  const { report, said, store } = await playReadings(busName, rows);

  expect(saidOf(said, store.rows)).toEqual(expectedOf(rows));
  expect(report.checks.filter(({ holds }) => !holds)).toEqual([]);
  expect(report.statistics.deadLetters).toBe(0);
}

test('whatever sensors send, what is said of it is what whole lists of it come to', async () => {
  await fc.assert(
    fc.asyncProperty(readings, (rows) => agree('in-memory', rows)),
    { numRuns: 100, seed: 1 },
  );
});

test('the same on the durable bus', async () => {
  await fc.assert(
    fc.asyncProperty(readings, (rows) => agree('durable', rows)),
    { numRuns: 10, seed: 2 },
  );
});

const onTime = fc.array(fc.record({ ...stepOnTime(), delayS: fc.integer({ min: 0, max: 9 }) }), {
  minLength: 2,
  maxLength: 60,
});

function stepOnTime() {
  return {
    afterS: oneOf(1, 2, 5, 10, 30),
    offset: oneOf(0, 0.1, 0.2, 0.3),
    turns: oneOf(false, false, true),
  };
}

test('the order of arrival within the lateness changes no window and no count', async () => {
  await fc.assert(
    fc.asyncProperty(onTime, async (steps) => {
      const rows = sent(
        's1',
        steps.map((each) => ({ isWild: false, trouble: 'none', ...each })),
      );
      const punctual = rows.map((row) => ({ ...row, arrivesS: row.atMs / 1000 }));
      const windows = [];
      for (const each of [rows, punctual]) {
        const { report, said } = await playReadings('in-memory', inOrderOfArrival(each));
        windows.push([only(said, 'WindowClosed').map(({ data }) => data), report.data.readings]);
      }

      expect(windows[0]).toEqual(windows[1]);
    }),
    { numRuns: 60, seed: 3 },
  );
});
