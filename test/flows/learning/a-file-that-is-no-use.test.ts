import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { columns, readRows } from '../../../src/flows/learning/input.ts';
import { InputError, seededRandom } from '../../../src/kernel/index.ts';
import { temporaryFile } from '../../support/temporary-file.ts';

const header = columns.join();
const good = '2026-03-02T08:00:00Z,lesson,ada,L1';

function read(text: string) {
  const file = temporaryFile('steps.csv');
  writeFileSync(file, text);
  return readRows({ kind: 'file', file }, seededRandom(1));
}

const withCell = (from: string, to: string): string => `${header}\n${good.replace(from, to)}\n`;

test.each([
  ['an empty file', '', /has no rows/],
  ['a file without rows', `${header}\n`, /has no rows/],
  ['a missing column', 'at,action\nx,y\n', /line 1: it lacks the column learner_id, detail/],
  ['a column twice', `${header},detail\n${good},x\n`, /line 1: it has the column detail twice/],
  ['a row too short', `${header}\n${good}\nx\n`, /line 3: it has 1 columns and the first row 4/],
  ['a row too long', `${header}\n${good},more\n`, /line 2: it has 5 columns/],
  ['a cell too long', withCell('ada', 'a'.repeat(1001)), /line 2: column 3 has more than 1000/],
  ['a wrong time', withCell('2026-03-02T08:00:00Z', 'noon'), /line 2: at is no time.*"noon"/],
  ['a wrong action', withCell('lesson,', 'sleep,'), /line 2: action is none of enrol, lesson, quiz: "sleep"/],
  ['an empty name', withCell('ada', ''), /line 2: learner_id is no word.*""/],
  ['more than a name', withCell('lesson,', 'enrol,'), /line 2: detail of enrol is not empty: "L1"/],
  ['no lesson', withCell('L1', ''), /line 2: detail of lesson is no lesson.*""/],
  ['no answers', withCell('lesson,', 'quiz,'), /line 2: detail of quiz is no answers.*"L1"/],
])('%s is refused in one line that says where', async (_, text, words) => {
  const refused = await read(text).catch((thrown: unknown) => thrown);

  expect(refused).toBeInstanceOf(InputError);
  expect((refused as InputError).message).toMatch(words);
  expect((refused as InputError).message).not.toContain('\n');
});

test('columns may stand in any order, and among others', async () => {
  const [row] = await read('note,detail,learner_id,action,at\nx,badc,ada,quiz,2026-03-02T08:00:00Z\n');

  expect(row).toEqual({
    atMs: Date.parse('2026-03-02T08:00:00Z'),
    action: 'quiz',
    learnerId: 'ada',
    detail: 'badc',
  });
});
