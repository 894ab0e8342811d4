import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { columns, readRows } from '../../../src/flows/healthcare/input.ts';
import { InputError, seededRandom } from '../../../src/kernel/index.ts';
import { temporaryFile } from '../../support/temporary-file.ts';

const header = columns.join();
const good = '2026-03-02T15:00:00Z,request,ann,2026-03-09T09:00,R05';
const waits = '2026-03-02T15:00:00Z,wait,ann,,normal';

function read(text: string) {
  const file = temporaryFile('requests.csv');
  writeFileSync(file, text);
  return readRows({ kind: 'file', file }, seededRandom(1));
}

const withCell = (from: string, to: string, row = good): string => `${header}\n${row.replace(from, to)}\n`;

test.each([
  ['an empty file', '', /has no rows/],
  ['a file without rows', `${header}\n`, /has no rows/],
  ['a missing column', 'at,action\nx,y\n', /line 1: it lacks the column patient_id, slot, detail/],
  ['a column twice', `${header},slot\n${good},x\n`, /line 1: it has the column slot twice/],
  ['a row too short', `${header}\n${good}\nx\n`, /line 3: it has 1 columns and the first row 5/],
  ['a row too long', `${header}\n${good},more\n`, /line 2: it has 6 columns/],
  ['a cell too long', withCell('ann', 'a'.repeat(1001)), /line 2: column 3 has more than 1000/],
  ['a wrong time', withCell('2026-03-02T15:00:00Z', 'noon'), /line 2: at is no time.*"noon"/],
  ['a wrong action', withCell('request', 'ask'), /line 2: action is none of request, cancel.*"ask"/],
  ['an empty name', withCell('ann', ''), /line 2: patient_id is no word.*""/],
  ['no slot', withCell('2026-03-09T09:00', ''), /line 2: slot is no time of the practice.*""/],
  ['a slot for who waits', withCell(',,', ',2026-03-09T09:00,', waits), /line 2: slot is not empty/],
  ['no reason', withCell('R05', ''), /line 2: detail of request is no code/],
  ['a reason in words', withCell('R05', 'a bad cough'), /line 2: detail of request is no code/],
  [
    'a wrong priority',
    withCell('normal', 'soon', waits),
    /line 2: detail of wait is not normal or urgent: "soon"/,
  ],
  [
    'who cancels left out',
    withCell('request', 'cancel'),
    /detail of cancel is not patient or practice: "R05"/,
  ],
  ['an answer with more', withCell('request', 'accept'), /detail of accept is not empty: "R05"/],
])('%s is refused in one line that says where', async (_, text, words) => {
  const refused = await read(text).catch((thrown: unknown) => thrown);

  expect(refused).toBeInstanceOf(InputError);
  expect((refused as InputError).message).toMatch(words);
  expect((refused as InputError).message).not.toContain('\n');
});

test('columns may stand in any order, and among others', async () => {
  const [row] = await read(
    `note,detail,slot,patient_id,action,at\nx,urgent,,ann,wait,2026-03-02T15:00:00Z\n`,
  );

  expect(row).toEqual({
    atMs: Date.parse('2026-03-02T15:00:00Z'),
    action: 'wait',
    patientId: 'ann',
    slotId: '',
    detail: 'urgent',
  });
});
