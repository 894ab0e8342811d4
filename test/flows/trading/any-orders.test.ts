import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Book, type Shelf } from '../../../src/flows/trading/book.ts';
import { fundsOf } from '../../../src/flows/trading/input.ts';
import { match } from '../../../src/flows/trading/match.ts';
import type { OrderRow } from '../../../src/flows/trading/order-row.ts';
import type { BusName, Said } from '../a-life.ts';
import { playOrders, rowsOf } from './an-exchange.ts';
import { naiveExchange, naiveSettlement } from './oracle.ts';

const oneOf = <T>(...values: readonly T[]) => fc.constantFrom(...values);

const order = fc.record({
  traderId: oneOf('ann', 'bob', 'cai', 'dan'),
  side: oneOf('BUY' as const, 'SELL' as const),
  quantity: fc.integer({ min: 1, max: 9 }),
  // So few prices that there are queues, and orders that sweep several of them.
  price: oneOf(null, 98, 99, 100, 100, 101, 102),
});

const sensible = fc.array(order, { minLength: 1, maxLength: 40 }).map((orders) => rowsOf(orders));

/** Shelves as the pipeline has them, on a table. */
function aTable() {
  const shelves = new Map<string, Shelf>();
  const cellOf = (key: string) => ({
    get: () => shelves.get(key) ?? {},
    set: (next: Shelf) => void shelves.set(key, next),
    clear: () => void shelves.delete(key),
  });
  return { book: new Book('ACME', cellOf('ACME'), async (key) => cellOf(key)), shelves };
}

test('10,000 random sequences of orders trade as one list of all orders does, and no book is ever crossed', async () => {
  await fc.assert(
    fc.asyncProperty(sensible, async (rows) => {
      const { book, shelves } = aTable();
      const trades: string[] = [];
      const cancelled: Record<string, string> = {};
      for (const row of rows) {
        const matched = await match(book, row);
        for (const { price, quantity, maker } of matched.fills)
          trades.push(`${row.orderId} ${maker.orderId} ${quantity} ${price}`);
        if (matched.cancelled !== undefined)
          cancelled[row.orderId] = `${matched.taker.remaining} ${matched.cancelled}`;
        const bid = book.best('BUY') ?? 0;
        if (bid >= (book.best('SELL') ?? Number.POSITIVE_INFINITY)) throw new Error(`crossed at ${bid}`);
      }
      const resting = [...shelves.values()].flatMap(({ queue = [] }) => queue);
      const expected = naiveExchange(rows);
      expect(trades).toEqual(
        expected.trades.map(({ taker, maker, quantity, price }) => `${taker} ${maker} ${quantity} ${price}`),
      );
      expect(cancelled).toEqual(expected.cancelled);
      expect(Object.fromEntries(resting.map(({ orderId, remaining }) => [orderId, remaining]))).toEqual(
        expected.resting,
      );
    }),
    { numRuns: 10_000, seed: 1 },
  );
});

/** Also orders that make no sense, come twice, and cannot be paid for. */
const anything = fc.array(
  fc.record({
    traderId: oneOf('ann', 'bob', 'cai', 'dan', 'fay'),
    side: oneOf('BUY' as const, 'SELL' as const),
    quantity: oneOf(0, 1, 2, 5, 60, 120),
    price: oneOf(null, null, 0, 98, 99, 100, 100, 101, 102),
    symbol: oneOf('ACME', 'ACME', 'EMCA'),
    type: oneOf('LIMIT' as const, 'LIMIT' as const, 'LIMIT' as const, 'MARKET' as const),
    again: oneOf(false, false, false, false, false, false, true),
  }),
  { minLength: 1, maxLength: 30 },
);

const rowsOfAnything = anything.map((orders) =>
  // One comes while those before are cleared.
  rowsOf(
    orders.map(({ again, ...each }, index) => ({
      ...each,
      orderId: again && index > 0 ? `o${index}` : `o${index + 1}`,
      cash: each.traderId === 'fay' ? 5000 : null,
    })),
    20,
  ),
);

async function agree(busName: BusName, rows: readonly OrderRow[]): Promise<void> {
  const { report, said } = await playOrders(busName, rows);
  const expected = naiveExchange(rows);
  const settled = naiveSettlement(expected.trades, fundsOf(rows));
  const trades = only(said, 'TradeExecuted');
  expect(
    trades.map(({ takerOrder, makerOrder, price, quantity, buyer, seller }) => ({
      taker: takerOrder,
      maker: makerOrder,
      price,
      quantity,
      buyer,
      seller,
    })),
  ).toEqual(expected.trades);
  const ends = report.data.orders as readonly Readonly<Record<string, unknown>>[];
  for (const { orderId, quantity, remaining, cancelled } of ends) {
    const id = String(orderId);
    const filled = Number(quantity) - Number(remaining) - Number(cancelled);
    expect([id, filled]).toEqual([id, expected.filled[id] ?? 0]);
    expect([id, remaining]).toEqual([id, expected.resting[id] ?? 0]);
  }
  expect(
    only(said, 'OrderCancelled')
      .map(({ orderId, remaining, reason }) => `${orderId} ${remaining} ${reason}`)
      .sort(),
  ).toEqual(
    Object.entries(expected.cancelled)
      .map(([id, words]) => `${id} ${words}`)
      .sort(),
  );
  expect(
    only(said, 'OrderRejected')
      .map(({ orderId }) => orderId)
      .sort(),
  ).toEqual([...expected.rejected].sort());
  expect(
    only(said, 'TradeReversed')
      .map(({ takerOrder, quantity }) => `${takerOrder} ${quantity}`)
      .sort(),
  ).toEqual(settled.reversed.map(({ taker, quantity }) => `${taker} ${quantity}`).sort());
  const accounts = report.data.accounts as Readonly<Record<string, { cash: number }>>;
  for (const [traderId, { cash }] of Object.entries(accounts))
    expect([traderId, cash]).toEqual([traderId, settled.cash.get(traderId) ?? 0]);
  expect(report.checks.filter(({ holds }) => !holds)).toEqual([]);
  expect(report.statistics.deadLetters).toBe(settled.reversed.length);
}

const only = (said: readonly Said[], type: string) =>
  said.filter((each) => each.type === type).map(({ data }) => data);

test('whatever is ordered, all stages come to what lists of it come to', async () => {
  await fc.assert(
    fc.asyncProperty(rowsOfAnything, (rows) => agree('in-memory', rows)),
    { numRuns: 150, seed: 2 },
  );
});

test('the same on the durable bus', async () => {
  await fc.assert(
    fc.asyncProperty(rowsOfAnything, (rows) => agree('durable', rows)),
    { numRuns: 15, seed: 3 },
  );
});
