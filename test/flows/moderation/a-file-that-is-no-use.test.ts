import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { columns, readRows } from '../../../src/flows/moderation/input.ts';
import { InputError, seededRandom } from '../../../src/kernel/index.ts';
import { temporaryFile } from '../../support/temporary-file.ts';
import { failedChecks, moderate } from './a-forum.ts';

const header = columns.join();
const good = '2026-03-02T10:00:00Z,ann,post,p1,50,0.05,Fresh bread';

function read(text: string) {
  const file = temporaryFile('posts.csv');
  writeFileSync(file, text);
  return readRows({ kind: 'file', file }, seededRandom(1));
}

test.each([
  ['an empty file', '', /has no rows/],
  ['a file without rows', `${header}\n`, /has no rows/],
  ['a missing column', 'at,who\nx,y\n', /line 1: it lacks the column does, content_id, reach/],
  ['a row too long', `${header}\n${good},more\n`, /line 2: it has 8 columns/],
  ['a cell too long', `${header}\n${good}${'!'.repeat(1001)}\n`, /line 2: column 7 has more than 1000/],
  [
    'a wrong time',
    `${header}\n${good.replace('2026-03-02T10:00:00Z', 'noon')}\n`,
    /line 2: at is no time.*"noon"/,
  ],
  ['nobody', `${header}\n${good.replace('ann', '')}\n`, /line 2: who is no word/],
  ['the machine', `${header}\n${good.replace('ann', 'machine')}\n`, /line 2: nobody is called machine/],
  [
    'a deed that is none',
    `${header}\n${good.replace('post', 'like')}\n`,
    /line 2: does is none of post.*"like"/,
  ],
  ['a text without a name', `${header}\n${good.replace('p1', '')}\n`, /line 2: content_id/],
  ['a text twice', `${header}\n${good}\n${good}\n`, /line 3: content_id was posted before: "p1"/],
  ['a wrong reach', `${header}\n${good.replace('50', 'many')}\n`, /line 2: reach.*"many"/],
  ['a wrong score', `${header}\n${good.replace('0.05', '1.5')}\n`, /line 2: score.*"1.5"/],
  ['no text', `${header}\n${good.replace('Fresh bread', '')}\n`, /line 2: text is empty/],
])('%s is refused in one line that says where', async (_, text, words) => {
  const refused = await read(text).catch((thrown: unknown) => thrown);

  expect(refused).toBeInstanceOf(InputError);
  expect((refused as InputError).message).toMatch(words);
  expect((refused as InputError).message).not.toContain('\n');
});

test('a text without a score is judged by the model of the example', async () => {
  const rows = await read(
    `${header}\n${good.replace('0.05,Fresh bread', ',"Buy cheap followers now, click here"')}\n`,
  );
  const { report } = await moderate('in-memory', rows);

  expect(report.data).toMatchObject({ totals: { removed: 1 } });
  expect(failedChecks(report)).toEqual([]);
});
