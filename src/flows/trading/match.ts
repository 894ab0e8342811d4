import { type Book, opposite, type Resting } from './book.ts';
import type { Cancellation, Side } from './messages.ts';

/** An order that comes to the book. */
export interface Incoming {
  readonly orderId: string;
  readonly traderId: string;
  readonly side: Side;
  readonly quantity: number;
  /** The worst that is taken; null: any, and it never waits. */
  readonly price: number | null;
}

export interface Fill {
  readonly price: number;
  readonly quantity: number;
  /** Who had waited, as it is now. */
  readonly maker: Resting;
}

/** What became of an order at once. */
export interface Matched {
  readonly fills: readonly Fill[];
  /** As it is now. */
  readonly taker: Resting;
  /** Left out: it is filled, or what remains waits in the book. */
  readonly cancelled?: Cancellation;
}

/**
 * Price, then time: it trades with the best of the other side, at their price, the first who came first. Nobody trades with
 * themselves: where an order would, what remains of it is cancelled, being the newer one.
 */
export async function match(
  book: Book,
  { price: limit, quantity, side, ...who }: Incoming,
): Promise<Matched> {
  const others = opposite(side);
  const fills: Fill[] = [];
  let taker: Resting = { remaining: quantity, filled: 0, notional: 0, ...who };
  let isOwn = false;
  while (taker.remaining > 0 && !isOwn) {
    const price = book.best(others);
    if (price === undefined || (limit !== null && isWorse(side, price, limit))) break;
    const queue = await book.queueAt(others, price);
    let gone = 0;
    let head: Resting | undefined;
    for (const waiting of queue) {
      if (taker.remaining === 0) break;
      isOwn = waiting.traderId === taker.traderId;
      if (isOwn) break;
      const traded = Math.min(taker.remaining, waiting.remaining);
      const maker = filled(waiting, traded, price);
      taker = filled(taker, traded, price);
      fills.push({ price, quantity: traded, maker });
      if (maker.remaining === 0) gone++;
      else head = maker;
    }
    const left = queue.slice(gone);
    await book.replace(others, price, head === undefined ? left : [head, ...left.slice(1)]);
  }
  if (taker.remaining === 0) return { fills, taker };
  if (isOwn) return { fills, taker, cancelled: 'self_trade' };
  if (limit === null) return { fills, taker, cancelled: 'no_liquidity' };
  await book.add(side, limit, taker);
  return { fills, taker };
}

const isWorse = (side: Side, price: number, limit: number): boolean =>
  side === 'BUY' ? price > limit : price < limit;

const filled = (order: Resting, quantity: number, price: number): Resting => ({
  ...order,
  remaining: order.remaining - quantity,
  filled: order.filled + quantity,
  notional: order.notional + quantity * price,
});
