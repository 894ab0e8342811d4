import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { columns, readRows } from '../../../src/flows/manufacturing/input.ts';
import { seededRandom } from '../../../src/kernel/index.ts';
import { temporaryFile } from '../../support/temporary-file.ts';

function read(rows: readonly string[]) {
  const file = temporaryFile('bakery.csv');
  writeFileSync(file, [columns.join(), ...rows].join('\n'));
  return readRows({ kind: 'file', file }, seededRandom(1));
}

test('the last of 100,000 rows is read as the first is', async () => {
  const rows = Array.from({ length: 100_000 }, () => '2026-03-02T10:00:00Z,line-1,temperature,,230,');

  expect(await read(rows)).toHaveLength(100_000);
  await expect(read([...rows, 'line-1'])).rejects.toThrow('line 100002: it has 1 columns');
});
