import { expect, test } from 'vitest';
import { loadByLoop } from '../../bench/cases/naive-etl.ts';
import { playByLoop } from '../../bench/cases/naive-game.ts';
import { bookByLoop } from '../../bench/cases/naive-healthcare.ts';
import { learnByLoop } from '../../bench/cases/naive-learning.ts';
import { bakeByLoop } from '../../bench/cases/naive-manufacturing.ts';
import { moderateByLoop } from '../../bench/cases/naive-moderation.ts';
import { tradeByLoop } from '../../bench/cases/naive-trading.ts';
import { generatedSource } from '../../src/flows/etl/source.ts';
import { readRows as actions } from '../../src/flows/game/input.ts';
import { readRows as requests } from '../../src/flows/healthcare/input.ts';
import { readRows as steps } from '../../src/flows/learning/input.ts';
import { readRows as readings } from '../../src/flows/manufacturing/input.ts';
import { readRows as texts } from '../../src/flows/moderation/input.ts';
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

test('lines come to the same charts, settings and lots by a loop', async () => {
  const end = bakeByLoop(await readings(load, seededRandom(1)));
  const flow = await endOfFlow('manufacturing', load.count);

  const byLine = (one: { readonly lineId: string }, other: { readonly lineId: string }): number =>
    one.lineId < other.lineId ? -1 : 1;
  expect(flow.lines.toSorted(byLine)).toMatchObject(end.lines.toSorted(byLine));
  expect(end.lines.some(({ signals }) => Object.keys(signals).length > 0)).toBe(true);
  expect(flow).toMatchObject({ lots: end.lots, implausible: end.implausible });
});

test('learners come to the same points, board and certificates by a loop', async () => {
  const { learners, ...end } = await learnByLoop(await steps({ kind: 'load', count: 150 }, seededRandom(1)));
  const flow = await endOfFlow('learning', 150);

  expect(flow).toMatchObject(end);
  expect(end.certificates).toBeGreaterThan(10);
  const byName = (one: { readonly learnerId: string }, other: { readonly learnerId: string }): number =>
    one.learnerId < other.learnerId ? -1 : 1;
  expect(flow.learners.toSorted(byName)).toMatchObject(learners.toSorted(byName));
});

test('texts come to the same ends, strikes and statements by a loop', async () => {
  const end = await moderateByLoop(await texts(load, seededRandom(1)));

  expect(await endOfFlow('moderation', load.count)).toMatchObject(end);
  expect(end.statements.sent).toBeGreaterThan(5);
  expect(new Set(end.contents.map(({ status }) => status)).size).toBeGreaterThan(2);
});

test('patients come to the same appointments, offers, reminders and log by a loop', async () => {
  const { appointments, ...end } = await bookByLoop(
    await requests({ kind: 'load', count: 150 }, seededRandom(1)),
  );
  const flow = await endOfFlow('healthcare', 150);

  const byId = (
    one: { readonly appointmentId: string },
    other: { readonly appointmentId: string },
  ): number => (one.appointmentId < other.appointmentId ? -1 : 1);
  expect(flow.appointments.toSorted(byId)).toEqual(appointments.toSorted(byId));
  expect(flow).toMatchObject(end);
  expect(flow.counts).toEqual(end.counts);
  expect(end.counts.OfferExpired).toBeGreaterThan(10);
  expect(end.counts.ReminderCancelled).toBeGreaterThan(0);
});
