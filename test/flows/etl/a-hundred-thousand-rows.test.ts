import { expect, test } from 'vitest';
import { header, loadText } from './a-warehouse.ts';

const good = '1,2026-03-02 08:10,North,3.2,2.50';

test('of 100,000 rows the last is read as the first is', async () => {
  const rows = Array.from({ length: 100_000 }, (_, index) => good.replace('1', String(index)));
  const { report } = await loadText('in-memory', [header, ...rows, 'last'].join('\n'));

  expect(report.data).toMatchObject({
    run: { read: 100_001, loaded: 100_000 },
    rejected: [{ line: 100_002 }],
  });
}, 240_000);
