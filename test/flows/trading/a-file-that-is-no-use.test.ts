import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { columns, readRows } from '../../../src/flows/trading/input.ts';
import { InputError, seededRandom } from '../../../src/kernel/index.ts';
import { temporaryFile } from '../../support/temporary-file.ts';

const header = columns.join();
const good = '2026-03-02T14:30:00Z,t1,ann,ACME,SELL,LIMIT,100,101.00,500.00';

function read(text: string) {
  const file = temporaryFile('orders.csv');
  writeFileSync(file, text);
  return readRows({ kind: 'file', file }, seededRandom(1));
}

const withCell = (from: string, to: string): string => `${header}\n${good.replace(from, to)}\n`;

test.each([
  ['an empty file', '', /has no rows/],
  ['a file without rows', `${header}\n`, /has no rows/],
  ['a missing column', 'at,order_id\nx,y\n', /line 1: it lacks the column trader_id, symbol/],
  ['a column twice', `${header},price\n${good},1\n`, /line 1: it has the column price twice/],
  ['a row too short', `${header}\n${good}\nt2\n`, /line 3: it has 1 columns and the first row 9/],
  ['a row too long', `${header}\n${good},more\n`, /line 2: it has 10 columns/],
  ['a cell too long', withCell('ann', 'a'.repeat(1001)), /line 2: column 3 has more than 1000/],
  ['a wrong time', withCell('2026-03-02T14:30:00Z', 'noon'), /line 2: at is no time.*"noon"/],
  ['a day that is none', withCell('03-02', '13-02'), /line 2: at is no time/],
  ['an empty name', withCell('t1', ''), /line 2: order_id is no word.*""/],
  ['a name with a space', withCell('ACME', 'AC ME'), /line 2: symbol is no word.*"AC ME"/],
  ['a wrong side', withCell('SELL', 'sell'), /line 2: side is neither BUY nor SELL: "sell"/],
  ['a wrong type', withCell('LIMIT', 'STOP'), /line 2: type is neither LIMIT nor MARKET: "STOP"/],
  ['half a piece', withCell(',100,', ',1.5,'), /line 2: quantity is no whole number.*"1.5"/],
  ['less than nothing', withCell(',100,', ',-1,'), /line 2: quantity is no whole number.*"-1"/],
  ['more than there is', withCell(',100,', ',1000001,'), /line 2: quantity is no whole number/],
  ['a price in parts of a tick', withCell('101.00', '101.005'), /line 2: price is neither.*"101.005"/],
  ['a price in words', withCell('101.00', 'cheap'), /line 2: price is neither.*"cheap"/],
  ['cash in words', withCell('500.00', 'lots'), /line 2: cash is neither.*"lots"/],
  [
    'cash that changes',
    `${header}\n${good}\n${good.replace('500.00', '600.00').replace('t1', 't2')}\n`,
    /line 3: cash of ann is 600.00, and was 500.00 before/,
  ],
])('%s is refused in one line that says where', async (_, text, words) => {
  const refused = await read(text).catch((thrown: unknown) => thrown);

  expect(refused).toBeInstanceOf(InputError);
  expect((refused as InputError).message).toMatch(words);
  expect((refused as InputError).message).not.toContain('\n');
});

test('amounts are read to the tick, empty ones are none, and columns may stand in any order', async () => {
  const [market, limit] = await read(
    'note,cash,price,quantity,type,side,symbol,trader_id,order_id,at\n' +
      'x,,,7,MARKET,BUY,ACME,ann,t1,2026-03-02T14:30:00.5Z\n' +
      'x,12,0.1,0,LIMIT,BUY,ACME,bob,t2,2026-03-02T14:30:01Z\n',
  );

  expect(market).toEqual({
    atMs: Date.parse('2026-03-02T14:30:00.500Z'),
    orderId: 't1',
    traderId: 'ann',
    symbol: 'ACME',
    side: 'BUY',
    type: 'MARKET',
    quantity: 7,
    price: null,
    cash: null,
  });
  expect(limit).toMatchObject({ price: 10, cash: 1200, quantity: 0 });
});
