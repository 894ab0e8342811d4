import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Row } from '../../../src/flows/manufacturing/input.ts';
import { type BusName, bake, failedChecks, row, type Said } from './a-bakery.ts';
import { expectedOf } from './oracle.ts';

const step = fc.record({
  afterS: fc.constantFrom(1, 1, 2, 9, 20, 31),
  kind: fc.constantFrom<Row['kind'][]>(
    'group',
    'group',
    'group',
    'group',
    'temperature',
    'temperature',
    'refill',
    'reset',
    'lot',
  ),
  shift: fc.constantFrom(0, 0, 0.1, -0.1, 0.3, 0.31, -0.3, 0.5, 1.1, 2.2),
  spread: fc.constantFrom(0.2, 0.35, 0.35, 1, 2.1),
  celsius: fc.constantFrom(230, 240, 260, 261),
  by: fc.constantFrom('chief', 'apprentice'),
});

const lines = fc.array(step, { minLength: 12, maxLength: 60 }).map((steps) => {
  let second = 0;
  return steps.map(({ afterS, kind, shift, spread, celsius, by }): Row => {
    second += afterS;
    const values: Record<Row['kind'], readonly number[]> = {
      group: [-1, -0.4, 0, 0.3, 1].map((each) => Math.round((60 + shift + each * spread) * 1000) / 1000),
      temperature: [celsius],
      vibration: [2],
      refill: [500],
      lot: [100, 90, 1],
      reset: [],
    };
    return row(second, kind, values[kind], { by: kind === 'reset' ? by : '' });
  });
});

const wordsOf = ({ type, data }: Said): readonly string[] => {
  if (type === 'PieceRejected') return [`rejected ${data.group} ${data.piece}`];
  if (type === 'OutOfControl') return [`signal ${data.group} ${data.rule}`];
  if (type === 'SafetyShutdown') return [`shut ${data.reason}`];
  if (type === 'ShutdownReset') return ['reset'];
  if (type === 'StockLow') return [`low ${data.group}`];
  return type === 'ParameterAdjusted' ? [`adjusted ${data.group} ${data.to.toFixed(6)}`] : [];
};

async function agree(busName: BusName, rows: readonly Row[]): Promise<void> {
  const { report, said } = await bake(busName, rows);

  expect(said.flatMap(wordsOf).sort()).toEqual(expectedOf(rows));
  expect(failedChecks(report)).toEqual([]);
  expect(report.statistics.deadLetters).toBe(0);
}

test('whatever a line does, what is said of it is what whole lists of it come to', async () => {
  await fc.assert(
    fc.asyncProperty(lines, (rows) => agree('in-memory', rows)),
    { numRuns: 100, seed: 1 },
  );
});

test('the same on the durable bus', async () => {
  await fc.assert(
    fc.asyncProperty(lines, (rows) => agree('durable', rows)),
    { numRuns: 8, seed: 2 },
  );
});
