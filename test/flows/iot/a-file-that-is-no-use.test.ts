import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type ReadingRow, readRows } from '../../../src/flows/iot/input.ts';
import { InputError, seededRandom } from '../../../src/kernel/index.ts';
import { temporaryFile } from '../../support/temporary-file.ts';
import { playReadings } from './a-greenhouse.ts';

const header = 'sensor_id,seq,at,value,unit';
const good = 'basil,1,2026-03-02T10:00:00Z,21.5,C';

function read(text: string): Promise<readonly ReadingRow[]> {
  const file = temporaryFile('readings.csv');
  writeFileSync(file, text);
  return readRows({ kind: 'file', file }, seededRandom(1));
}

test.each([
  ['an empty file', '', /has no rows/],
  ['a file without rows', `${header}\n`, /has no rows/],
  ['a missing column', 'sensor_id,at\nx,y\n', /line 1: it lacks the column seq, value, unit/],
  ['a column twice', `${header},unit\n${good},C\n`, /line 1: it has the column unit twice/],
  ['a row too short', `${header}\n${good}\nbasil\n`, /line 3: it has 1 columns and the first row 5/],
  ['a row too long', `${header}\n${good},more\n`, /line 2: it has 6 columns/],
  ['a cell too long', `${header}\n${good}${'C'.repeat(1001)}\n`, /line 2: column 5 has more than 1000/],
  [
    'a name with a space',
    `${header}\n${good.replace('basil', 'a b')}\n`,
    /line 2: sensor_id is no word.*"a b"/,
  ],
  ['no name', `${header}\n${good.replace('basil', '')}\n`, /line 2: sensor_id is no word/],
  [
    'a negative number',
    `${header}\n${good.replace(',1,', ',-1,')}\n`,
    /line 2: seq is no whole number.*"-1"/,
  ],
  [
    'a wrong time',
    `${header}\n${good.replace('2026-03-02T10:00:00Z', 'noon')}\n`,
    /line 2: at is no time.*"noon"/,
  ],
  [
    'a time long ago',
    `${header}\n${good.replace('2026', '1969')}\n`,
    /line 2: at is no time in UTC since 1970/,
  ],
  ['a day that is none', `${header}\n${good.replace('03-02', '13-02')}\n`, /line 2: at is no time/],
  ['a wrong value', `${header}\n${good.replace('21.5', 'warm')}\n`, /line 2: value is neither.*"warm"/],
  ['a value without end', `${header}\n${good.replace('21.5', 'Infinity')}\n`, /line 2: value is neither/],
])('%s is refused in one line that says where', async (_, text, words) => {
  const refused = await read(text).catch((thrown: unknown) => thrown);

  expect(refused).toBeInstanceOf(InputError);
  expect((refused as InputError).message).toMatch(words);
  expect((refused as InputError).message).not.toContain('\n');
});

test('an empty value is no number, columns may stand in any order, and among others', async () => {
  const rows = await read('unit,note,value,at,seq,sensor_id\nC,x,,2026-03-02T10:00:00.5Z,7,basil\n');

  expect(rows).toEqual([
    { sensorId: 'basil', seq: 7, atMs: Date.parse('2026-03-02T10:00:00.500Z'), value: null, unit: 'C' },
  ]);
  const { report } = await playReadings('in-memory', rows);
  expect(report.data.readings).toMatchObject({ received: 1, accepted: 0, rejected: { not_a_number: 1 } });
});
