import { expect, test } from 'vitest';
import { loadByLoop } from '../../bench/cases/naive-etl.ts';
import { playByLoop } from '../../bench/cases/naive-game.ts';
import { tradeByLoop } from '../../bench/cases/naive-trading.ts';
import { generatedSource } from '../../src/flows/etl/source.ts';
import { readRows as actions } from '../../src/flows/game/input.ts';
import { readRows as orders } from '../../src/flows/trading/input.ts';
import { seededRandom } from '../../src/kernel/index.ts';
import { endOfFlow } from './a-flow.ts';

const load = { kind: 'load', count: 600 } as const;
const byName = <T extends { readonly tradeId: string }>(trades: readonly T[]): readonly T[] =>
  trades.toSorted((one, other) => (one.tradeId < other.tradeId ? -1 : 1));
const bySymbol = (one: { readonly symbol: string }, other: { readonly symbol: string }): number =>
  one.symbol < other.symbol ? -1 : 1;

test('squirrels come to the same board, coins and rejections by a loop', async () => {
  const end = playByLoop(await actions({ kind: 'load', count: 4000 }, seededRandom(1)));

  expect(await endOfFlow('game', 4000)).toMatchObject(end);
  expect(end.suspected).toBeGreaterThan(0);
  expect(end.coins).toBeGreaterThan(0);
});

test('orders come to the same trades, books and accounts by a loop', async () => {
  const flow = await endOfFlow('trading', load.count);
  const { orders: ends, trades, accounts, books } = await tradeByLoop(await orders(load, seededRandom(1)));

  expect(flow.orders).toMatchObject([...ends].map(([orderId, end]) => ({ orderId, ...end })));
  expect(byName(flow.trades)).toMatchObject(byName(trades));
  expect(trades.length).toBeGreaterThan(50);
  expect(flow.accounts).toEqual(accounts);
  const quantities = books.toSorted(bySymbol).map(({ symbol, levels }) => ({
    symbol,
    bids: levels.BUY.map(({ price, quantity }) => ({ price, quantity })),
    asks: levels.SELL.map(({ price, quantity }) => ({ price, quantity })),
  }));
  expect(flow.books.toSorted(bySymbol)).toMatchObject(quantities);
});

test('rides come to the same warehouse, reasons and sums by a loop', async () => {
  const flow = await endOfFlow('etl', 2500);
  const { stations, ...end } = await loadByLoop(generatedSource(2500, seededRandom(1)));

  expect(flow).toMatchObject(end);
  expect(end.warehouse.batches).toBe(3);
  expect(end.run.duplicates).toBeGreaterThan(0);
  expect(
    Object.fromEntries(flow.stations.map(({ station, ...sums }: { station: string }) => [station, sums])),
  ).toEqual(stations);
});
