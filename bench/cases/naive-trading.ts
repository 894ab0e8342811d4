import { Book, type Resting, type Shelf } from '../../src/flows/trading/book.ts';
import { booksOf } from '../../src/flows/trading/depth.ts';
import { readRows } from '../../src/flows/trading/input.ts';
import { match } from '../../src/flows/trading/match.ts';
import type { OrderRow } from '../../src/flows/trading/order-row.ts';
import { whyNot } from '../../src/flows/trading/orders.ts';
import { positionLimit } from '../../src/flows/trading/risk.ts';
import { seededRandom } from '../../src/kernel/index.ts';
import type { Measured } from '../measure.ts';
import { timed } from './timed.ts';

interface Order {
  end: 'queued' | 'filled' | 'cancelled' | 'rejected';
  remaining: number;
  cancelled: number;
  vwap: number | null;
}

/**
 * The exchange by itself: orders are matched, and trades booked on both accounts, at once. The clearing house always has time, as it
 * has for what is generated, and everybody has the money.
 */
export async function tradeByLoop(rows: readonly OrderRow[]) {
  const shelves = new Map<string, Shelf>();
  const cellOf = (key: string) => ({
    get: (): Shelf => shelves.get(key) ?? {},
    set: (shelf: Shelf): void => void shelves.set(key, shelf),
    clear: (): void => void shelves.delete(key),
  });
  const orders = new Map<string, Order>();
  const accounts: Record<string, { cash: number; positions: Record<string, number> }> = {};
  const over = new Set<string>();
  const alerts: { readonly traderId: string; readonly symbol: string; readonly value: number }[] = [];
  const trades: { readonly tradeId: string; readonly price: number; readonly quantity: number }[] = [];
  const move = (traderId: string, symbol: string, cash: number, quantity: number): void => {
    accounts[traderId] ??= { cash: 0, positions: {} };
    const account = accounts[traderId];
    const value = (account.positions[symbol] ?? 0) + quantity;
    account.cash += cash;
    account.positions[symbol] = value;
    const key = `${traderId} ${symbol}`;
    if (Math.abs(value) <= positionLimit) over.delete(key);
    else if (!over.has(key)) {
      over.add(key);
      alerts.push({ traderId, symbol, value });
    }
  };
  const keep = ({ orderId, remaining, filled, notional }: Resting): void => {
    const isFilled = remaining === 0;
    const vwap = isFilled ? notional / filled : null;
    orders.set(orderId, { end: isFilled ? 'filled' : 'queued', remaining, cancelled: 0, vwap });
  };
  for (const row of rows) {
    const { symbol, orderId, side } = row;
    if (whyNot(row, orders.has(orderId)).length > 0) {
      orders.set(orderId, { end: 'rejected', remaining: 0, cancelled: 0, vwap: null });
      continue;
    }
    const book = new Book(symbol, cellOf(symbol), async (key) => cellOf(key));
    const { fills, taker, cancelled } = await match(book, row);
    for (const [index, { price, quantity, maker }] of fills.entries()) {
      const [buyer, seller] = side === 'BUY' ? [taker, maker] : [maker, taker];
      trades.push({ tradeId: `${orderId}/${index + 1}`, price, quantity });
      move(buyer.traderId, symbol, -price * quantity, quantity);
      move(seller.traderId, symbol, price * quantity, -quantity);
      keep(maker);
    }
    keep(taker);
    if (cancelled !== undefined)
      orders.set(orderId, { end: 'cancelled', remaining: 0, cancelled: taker.remaining, vwap: null });
  }
  return { orders, trades, accounts, alerts, books: booksOf(shelves) };
}

export async function naiveTrading(count: number): Promise<Measured> {
  const rows = await readRows({ kind: 'load', count }, seededRandom(1));
  return timed(rows.length, () => tradeByLoop(rows));
}
