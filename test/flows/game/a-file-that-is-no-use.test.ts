import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { columns, readRows } from '../../../src/flows/game/input.ts';
import { InputError, seededRandom } from '../../../src/kernel/index.ts';
import { temporaryFile } from '../../support/temporary-file.ts';

const header = columns.join();
const good = '2026-03-02T10:00:00Z,fig,m1,1,collect,,';

function read(text: string) {
  const file = temporaryFile('actions.csv');
  writeFileSync(file, text);
  return readRows({ kind: 'file', file }, seededRandom(1));
}

test.each([
  ['an empty file', '', /has no rows/],
  ['a file without rows', `${header}\n`, /has no rows/],
  ['a missing column', 'at,player_id\nx,y\n', /line 1: it lacks the column match_id, seq/],
  ['a row too long', `${header}\n${good},more\n`, /line 2: it has 8 columns/],
  ['a cell too long', `${header}\n${good}${'x'.repeat(1001)}\n`, /line 2: column 7 has more than 1000/],
  [
    'a wrong time',
    `${header}\n${good.replace('2026-03-02T10:00:00Z', 'noon')}\n`,
    /line 2: at is no time.*"noon"/,
  ],
  ['nobody', `${header}\n${good.replace('fig', '')}\n`, /line 2: player_id is no word/],
  ['no match', `${header}\n${good.replace('m1', '')}\n`, /line 2: match_id is no word/],
  ['a deed that is none', `${header}\n${good.replace('collect', 'fly')}\n`, /line 2: does is none of.*"fly"/],
  [
    'a negative number',
    `${header}\n${good.replace(',1,', ',-1,')}\n`,
    /line 2: seq is no whole number.*"-1"/,
  ],
  ['a move to nowhere', `${header}\n${good.replace('collect', 'move')}\n`, /line 2: metres is no number/],
  ['a judgement by nobody', `${header}\n${good.replace('collect', 'ban')}\n`, /line 2: by is no word/],
])('%s is refused in one line that says where', async (_, text, words) => {
  const refused = await read(text).catch((thrown: unknown) => thrown);

  expect(refused).toBeInstanceOf(InputError);
  expect((refused as InputError).message).toMatch(words);
  expect((refused as InputError).message).not.toContain('\n');
});
