import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readOrders } from '../../../src/flows/order-saga/orders.ts';
import { InputError, seededRandom } from '../../../src/kernel/index.ts';
import { temporaryFile } from '../../support/temporary-file.ts';

const header = 'at,order_id,customer_id,sku,quantity,card,depot,pays_after_minutes';
const good = '2026-03-02T10:00:00Z,o1,ada,bike,1,good,north,0';

function read(text: string) {
  const file = temporaryFile('orders.csv');
  writeFileSync(file, text);
  return readOrders({ kind: 'file', file }, seededRandom(1), 0);
}

test.each([
  ['an empty file', '', /has no rows/],
  ['a file without rows', `${header}\n`, /has no rows/],
  ['a missing column', `at,order_id\nx,y\n`, /line 1: it lacks the column customer_id, sku/],
  ['a column twice', `${header},card\n${good},x\n`, /line 1: it has the column card twice/],
  ['a row too short', `${header}\n${good}\no2\n`, /line 3: it has 1 columns and the first row 8/],
  ['a row too long', `${header}\n${good},more\n`, /line 2: it has 9 columns/],
  [
    'a cell too long',
    `${header}\n${good.replace('ada', 'a'.repeat(1001))}\n`,
    /line 2: column 3 has more than 1000/,
  ],
  [
    'a wrong number',
    `${header}\n${good.replace(',1,', ',one,')}\n`,
    /line 2: quantity is no whole number.*"one"/,
  ],
  ['nothing ordered', `${header}\n${good.replace(',1,', ',0,')}\n`, /line 2: quantity/],
  ['a negative wait', `${header}\n${good.replace(',0', ',-1')}\n`, /line 2: pays_after_minutes/],
  [
    'a wrong time',
    `${header}\n${good.replace('2026-03-02T10:00:00Z', 'noon')}\n`,
    /line 2: at is no time.*"noon"/,
  ],
  ['an empty name', `${header}\n${good.replace('ada', '')}\n`, /line 2: customer_id is no word/],
])('%s is refused in one line that says where', async (_, text, words) => {
  const refused = await read(text).catch((thrown: unknown) => thrown);

  expect(refused).toBeInstanceOf(InputError);
  expect((refused as InputError).message).toMatch(words);
  expect((refused as InputError).message).not.toContain('\n');
});

test('columns may stand in any order, and among others', async () => {
  const [row] = await read(
    `note,order_id,at,customer_id,sku,quantity,card,depot,pays_after_minutes\nx,o1,2026-03-02T10:00:00Z,ada,bike,2,good,north,3\n`,
  );

  expect(row).toEqual({
    atMs: Date.parse('2026-03-02T10:00:00Z'),
    orderId: 'o1',
    customerId: 'ada',
    sku: 'bike',
    quantity: 2,
    card: 'good',
    depot: 'north',
    paysAfterMinutes: 3,
  });
});
