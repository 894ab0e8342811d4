import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readRows } from '../../../src/flows/iot/input.ts';
import { seededRandom } from '../../../src/kernel/index.ts';
import { temporaryFile } from '../../support/temporary-file.ts';

const header = 'sensor_id,seq,at,value,unit';

function read(rows: readonly string[]) {
  const file = temporaryFile('readings.csv');
  writeFileSync(file, [header, ...rows].join('\n'));
  return readRows({ kind: 'file', file }, seededRandom(1));
}

test('the last of 100,000 rows is read as the first is', async () => {
  const rows = Array.from({ length: 100_000 }, (_, seq) => `basil,${seq},2026-03-02T10:00:00Z,21.5,C`);

  expect(await read(rows)).toHaveLength(100_000);
  await expect(read([...rows, 'basil'])).rejects.toThrow('line 100002: it has 1 columns');
});
