import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type BusName, failedChecks, header, loadText } from './a-warehouse.ts';
import { readByDuckDb } from './duckdb.ts';
import { expectedOf } from './oracle.ts';

const oneOf = (...values: readonly string[]) => fc.constantFrom(...values);

const cells = fc.tuple(
  oneOf('1', '2', '3', '4', '5', '6', '7', '8', '9', ' 10', '11 ', ''),
  oneOf(
    '2026-03-02 08:10',
    '02.03.2026 08:30',
    '2026-02-28 23:59',
    '2026-02-30 08:00',
    '31.04.2026 08:00',
    'noon',
    '',
  ),
  oneOf('North', 'north ', 'SOUTH', ' West', 'constructor', '__proto__', 'Köln', 'a "b"', ''),
  oneOf('3.2', '1,5', '0', '7', '0,125', '-1', 'abc', '1e', ''),
  oneOf('2.50', '3', '0,99', '-0.01', 'free', ''),
);

/** Most of them good. */
const good = fc.tuple(
  fc.integer({ min: 1, max: 40 }).map(String),
  oneOf('2026-03-02 08:10', '02.03.2026 08:30'),
  oneOf('North', 'south', 'West '),
  oneOf('3.2', '1,5', '10'),
  oneOf('2.50', '1,20'),
);
const records = fc.array(fc.oneof({ weight: 3, arbitrary: good }, { weight: 2, arbitrary: cells }), {
  minLength: 0,
  maxLength: 40,
});

const quoted = (cell: string): string => (/[",]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
const sizes = fc.record({ recordsAPage: fc.constantFrom(1, 3, 50), rowsABatch: fc.constantFrom(1, 5, 1000) });

async function agree(
  busName: BusName,
  lines: readonly (readonly string[])[],
  some: { recordsAPage: number; rowsABatch: number },
) {
  const text = [header, ...lines.map((line) => line.map(quoted).join())].join('\n');
  const { report, folder } = await loadText(busName, text, some);
  const { kept, rejected, duplicates } = expectedOf(lines);

  expect(report.data.run).toEqual({
    read: lines.length,
    loaded: kept.size,
    duplicates,
    rejected: rejected.length,
  });
  expect((report.data.rejected as typeof rejected).map(({ line, reasons }) => ({ line, reasons }))).toEqual(
    rejected.slice(0, 20),
  );
  expect(failedChecks(report)).toEqual([]);
  const { facts, sums, written } = await readByDuckDb(folder);
  expect(facts).toEqual(
    [...kept]
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([id, { station, metres, priceMinor, startedAt }]) => [
        id,
        station,
        String(metres),
        String(priceMinor),
        startedAt,
        'rides.csv',
      ]),
  );
  expect(written).toEqual(sums);
}

test('whatever stands in a file, the warehouse has what the rules say, as another program reads it', async () => {
  await fc.assert(
    fc.asyncProperty(records, sizes, (lines, some) => agree('in-memory', lines, some)),
    { numRuns: 60, seed: 1 },
  );
});

test('the same on the durable bus', async () => {
  await fc.assert(
    fc.asyncProperty(records, sizes, (lines, some) => agree('durable', lines, some)),
    { numRuns: 10, seed: 2 },
  );
});
