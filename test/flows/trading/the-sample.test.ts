import { expect, test } from 'vitest';
import { buses } from '../a-life.ts';
import { playOrders, rowsOf, sampleRows } from './an-exchange.ts';

test.each(buses)('the sample comes to the end of its sheet (%s)', async (busName) => {
  const { report, said } = await playOrders(busName, await sampleRows());
  const { orders, trades, volume, books, accounts, alerts } = report.data as Record<
    string,
    readonly Record<string, unknown>[]
  >;

  expect(
    trades?.map(({ takerOrder, makerOrder, quantity, price, status, reason }) =>
      [takerOrder, makerOrder, quantity, price, status, reason].join(' '),
    ),
  ).toEqual([
    't4 t2 50 10050 settled ',
    't4 t3 30 10050 settled ',
    't5 t3 20 10050 settled ',
    't5 t1 80 10100 settled ',
    't7 t6 40 9900 settled ',
    't9 t1 10 10100 reversed no_funds',
  ]);
  expect(volume).toBe(230);
  const of = (id: string) => orders?.find(({ orderId }) => orderId === id);
  expect(of('t1')).toMatchObject({ end: 'queued', remaining: 10 });
  expect(of('t5')).toMatchObject({ end: 'filled', vwap: 10_090 });
  expect(of('t7')).toMatchObject({ end: 'cancelled', cancelled: 20, reason: 'no_liquidity' });
  expect(of('t8')).toMatchObject({ end: 'rejected', reason: 'quantity_not_positive' });
  expect(of('t9')).toMatchObject({ end: 'filled', quantity: 10 });
  expect(of('t10')).toMatchObject({ end: 'cancelled', cancelled: 5, reason: 'self_trade' });
  expect(books).toEqual([{ symbol: 'ACME', bids: [], asks: [{ price: 10_100, quantity: 10, orders: 1 }] }]);
  expect(alerts).toEqual([{ traderId: 'ann', symbol: 'ACME', values: [-120] }]);
  expect(accounts).toMatchObject({
    ann: { cash: 808_000 + 396_000, positions: { ACME: -120 } },
    bob: { cash: 502_500 - 396_000, positions: { ACME: -10 } },
    eve: { positions: { ACME: 100 } },
  });
  expect(accounts).not.toHaveProperty('fay');
  expect(report.checks.filter(({ holds }) => !holds)).toEqual([]);
  expect(report.statistics.deadLetters).toBe(1);
  expect(said.filter(({ type }) => type === 'TradeReversed').map(({ data }) => data.takerOrder)).toEqual([
    't9',
  ]);
});

test('a book is shown with its depth, trades with what became of them', async () => {
  const { report } = await playOrders('in-memory', await sampleRows());
  const [book] = report.pictures;
  const [trades, , alerts] = report.tables;

  expect(book).toEqual({
    kind: 'bars',
    caption: 'Book of ACME',
    unit: 'pieces',
    bars: [{ name: 'ask 101.00', value: 10, tone: 'bad' }],
  });
  expect(trades?.rows.at(-1)).toEqual([
    't9/1',
    'ACME',
    '10',
    '101.00',
    'fay',
    'ann',
    't1',
    'reversed: no_funds',
  ]);
  expect(alerts?.rows).toEqual([['ann', 'ACME', '−120']]);
});

test('a position over the limit is told of once, and again when it was within it', async () => {
  const sold = (quantity: number) => [
    { traderId: 'ann', side: 'SELL' as const, quantity },
    { traderId: 'bob', quantity },
  ];
  const bought = (quantity: number) => [
    { traderId: 'bob', side: 'SELL' as const, quantity },
    { traderId: 'ann', quantity },
  ];
  const rows = rowsOf([...sold(101), ...sold(1), ...bought(2), ...sold(1)]);
  const { said } = await playOrders('in-memory', rows);

  expect(
    said
      .filter(({ type }) => type === 'RiskAlert')
      .map(({ data }) => `${data.traderId} ${data.value}`)
      .sort(),
  ).toEqual(['ann -101', 'ann -101', 'bob 101', 'bob 101']);
});

test('an order that comes again changes nothing of the first one', async () => {
  const rows = rowsOf([
    { orderId: 'o1', quantity: 3 },
    { orderId: 'o1', quantity: 4 },
  ]);
  const { report } = await playOrders('in-memory', rows);

  expect(report.data.orders).toMatchObject([
    { orderId: 'o1', end: 'queued', quantity: 3, remaining: 3, reason: null, rejections: 1 },
  ]);
});
