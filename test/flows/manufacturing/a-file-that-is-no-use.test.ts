import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { columns, readRows } from '../../../src/flows/manufacturing/input.ts';
import { InputError, seededRandom } from '../../../src/kernel/index.ts';
import { temporaryFile } from '../../support/temporary-file.ts';

const header = columns.join();
const good = '2026-03-02T10:00:00Z,line-1,group,lot-1,59.8 60 60.1 60 60.2,';

function read(text: string) {
  const file = temporaryFile('bakery.csv');
  writeFileSync(file, text);
  return readRows({ kind: 'file', file }, seededRandom(1));
}

test.each([
  ['an empty file', '', /has no rows/],
  ['a file without rows', `${header}\n`, /has no rows/],
  ['a missing column', 'at,line_id\nx,y\n', /line 1: it lacks the column kind, lot_id/],
  ['a row too long', `${header}\n${good},more\n`, /line 2: it has 7 columns/],
  ['a cell too long', `${header}\n${good}${'x'.repeat(1001)}\n`, /line 2: column 6 has more than 1000/],
  [
    'a wrong time',
    `${header}\n${good.replace('2026-03-02T10:00:00Z', 'noon')}\n`,
    /line 2: at is no time.*"noon"/,
  ],
  ['no line', `${header}\n${good.replace('line-1', '')}\n`, /line 2: line_id is no word/],
  [
    'a kind that is none',
    `${header}\n${good.replace('group', 'smell')}\n`,
    /line 2: kind is none of.*"smell"/,
  ],
  [
    'a group of four',
    `${header}\n${good.replace(' 60.2', '')}\n`,
    /line 2: values of group are not 5 numbers/,
  ],
  [
    'a wrong number',
    `${header}\n${good.replace('59.8', 'wide')}\n`,
    /line 2: values of group are not 5 numbers/,
  ],
  ['no lot', `${header}\n${good.replace('lot-1', '')}\n`, /line 2: lot_id is no word/],
  ['a reset by nobody', `${header}\n2026-03-02T10:00:00Z,line-1,reset,,,\n`, /line 2: by is no word/],
  [
    'a lot of no time',
    `${header}\n2026-03-02T10:00:00Z,line-1,lot,lot-1,0 1 1,\n`,
    /line 2: values of lot are not above 0/,
  ],
])('%s is refused in one line that says where', async (_, text, words) => {
  const refused = await read(text).catch((thrown: unknown) => thrown);

  expect(refused).toBeInstanceOf(InputError);
  expect((refused as InputError).message).toMatch(words);
  expect((refused as InputError).message).not.toContain('\n');
});
