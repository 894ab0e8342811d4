import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type BadLine, replay } from '../../../src/lab/replay/replay.ts';
import { rejectionOf } from '../../support/rejection.ts';
import { addHelmet, at, order, register, ship, writeHistory } from './history.ts';

const shopOpens = [at('2026-03-02T10:00:00Z', addHelmet), at('2026-03-02T10:00:00Z', register())];

test('a bad line is told with its number and passed over', async () => {
  const { file } = writeHistory(
    ...shopOpens,
    'not JSON',
    at('2026-03-02T10:01:00Z', ship('order-1')),
    at('2026-03-02T10:02:00Z', order('order-1')),
  );
  const badLines: BadLine[] = [];

  const result = await replay({ file, onBadLine: (line) => void badLines.push(line) });

  expect(badLines.map(({ lineNumber, error }) => `${lineNumber} ${error.code}`)).toEqual([
    '3 not_json',
    '4 unknown_order',
  ]);
  expect(result).toMatchObject({ commands: 3, unreadable: 1, refused: 1, counts: { requested: 3, sent: 3 } });
});

test('a line of ten megabytes is one bad line', async () => {
  const endless = JSON.stringify({ at: '2026-03-02T10:01:00Z', note: 'x'.repeat(10_000_000) });
  const { file } = writeHistory(...shopOpens, endless, at('2026-03-02T10:02:00Z', order('order-1')));
  const badLines: BadLine[] = [];

  const { commands } = await replay({ file, onBadLine: (line) => void badLines.push(line) });

  expect(badLines.map(({ lineNumber, error }) => `${lineNumber} ${error.code}`)).toEqual(['3 line_too_long']);
  expect(commands).toBe(3);
});

test.each([
  ['that holds no command', 'not JSON', 'line 3: the line is not JSON'],
  [
    'that the shop refuses',
    at('2026-03-02T10:01:00Z', ship('order-1')),
    'line 3: there is no order "order-1"',
  ],
])('a strict replay stops at the first line %s, and leaves no report', async (_what, badLine, message) => {
  const { file, report, filesThere } = writeHistory(...shopOpens, badLine, 'not JSON either');

  const refusal = await rejectionOf(() => replay({ file, report, strict: true }));

  expect(refusal).toMatchObject({ name: 'InputError', message });
  expect(filesThere()).toEqual(['history.ndjson']);
});

test('a strict replay that fails leaves the report of an earlier run as it was', async () => {
  const { file, report } = writeHistory(...shopOpens);
  const { file: badFile } = writeHistory(...shopOpens, 'not JSON');
  await replay({ file, report });
  const earlier = readFileSync(report, 'utf8');

  await rejectionOf(() => replay({ file: badFile, report, strict: true }));

  expect(readFileSync(report, 'utf8')).toBe(earlier);
});

test('a history with no command in it is refused, and no datastore is made for it', async () => {
  const { file, folder, filesThere } = writeHistory();
  writeFileSync(file, '');

  const refusal = await rejectionOf(() => replay({ file, data: `${folder}/shop.db` }));

  expect(refusal).toMatchObject({ name: 'InputError', message: `"${file}" is empty` });
  expect(filesThere()).toEqual(['history.ndjson']);
});
