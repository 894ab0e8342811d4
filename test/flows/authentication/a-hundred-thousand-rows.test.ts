import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { columns, readRows } from '../../../src/flows/authentication/input.ts';
import { seededRandom } from '../../../src/kernel/index.ts';
import { temporaryFile } from '../../support/temporary-file.ts';

function read(rows: readonly string[]) {
  const file = temporaryFile('people.csv');
  writeFileSync(file, [columns.join(), ...rows].join('\n'));
  return readRows({ kind: 'file', file }, seededRandom(1));
}

test('the last of 100,000 rows is read as the first is', async () => {
  const rows = Array.from(
    { length: 100_000 },
    (_, index) => `2026-03-02T10:00:00Z,login,p${index}@example.com,a password,,laptop,GB,`,
  );

  expect(await read(rows)).toHaveLength(100_000);
  await expect(read([...rows, 'x'])).rejects.toThrow('line 100002: it has 1 columns');
});
