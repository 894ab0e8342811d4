import type { OrderRow } from '../../../src/flows/trading/order-row.ts';

interface Waiting {
  readonly row: OrderRow;
  left: number;
}

export interface NaiveTrade {
  readonly taker: string;
  readonly maker: string;
  readonly price: number;
  readonly quantity: number;
  readonly buyer: string;
  readonly seller: string;
}

export interface NaiveEnd {
  readonly trades: readonly NaiveTrade[];
  /** Order → how much of it waits; none where nothing does. */
  readonly resting: Readonly<Record<string, number>>;
  /** Order → how much was cancelled, and why. */
  readonly cancelled: Readonly<Record<string, string>>;
  readonly rejected: readonly string[];
  /** Order → how much of it was filled. */
  readonly filled: Readonly<Record<string, number>>;
}

/** One list for all who wait, looked through from end to end for each piece that is traded: slow, and hard to get wrong. */
export function naiveExchange(rows: readonly OrderRow[]): NaiveEnd {
  const waiting: Waiting[] = [];
  const trades: NaiveTrade[] = [];
  const cancelled: Record<string, string> = {};
  const rejected: string[] = [];
  const filled: Record<string, number> = {};
  const known = new Set<string>();
  for (const row of rows) {
    const { orderId, traderId, side, symbol, quantity, price, type } = row;
    const isSensible = quantity > 0 && (type === 'LIMIT' ? price !== null && price > 0 : price === null);
    if (!isSensible || known.has(orderId)) {
      rejected.push(orderId);
      continue;
    }
    known.add(orderId);
    let left = quantity;
    let why = 'no_liquidity';
    while (left > 0) {
      let best: Waiting | undefined;
      for (const each of waiting) {
        if (each.row.symbol !== symbol || each.row.side === side || each.left === 0) continue;
        const theirs = each.row.price ?? 0;
        if (price !== null && (side === 'BUY' ? theirs > price : theirs < price)) continue;
        const bestPrice = best?.row.price ?? 0;
        if (best === undefined || (side === 'BUY' ? theirs < bestPrice : theirs > bestPrice)) best = each;
      }
      if (best === undefined) break;
      if (best.row.traderId === traderId) {
        why = 'self_trade';
        break;
      }
      const traded = Math.min(left, best.left);
      const [buyer, seller] = side === 'BUY' ? [traderId, best.row.traderId] : [best.row.traderId, traderId];
      trades.push({
        taker: orderId,
        maker: best.row.orderId,
        price: best.row.price ?? 0,
        quantity: traded,
        buyer,
        seller,
      });
      best.left -= traded;
      left -= traded;
      for (const id of [orderId, best.row.orderId]) filled[id] = (filled[id] ?? 0) + traded;
    }
    if (left === 0) continue;
    if (why === 'no_liquidity' && price !== null) waiting.push({ row, left });
    else cancelled[orderId] = `${left} ${why}`;
  }
  const resting = Object.fromEntries(
    waiting.filter(({ left }) => left > 0).map(({ row, left }) => [row.orderId, left]),
  );
  return { trades, resting, cancelled, rejected, filled };
}

/** Who can pay for what, in the order in which they traded: what comes in may be spent at once. */
export function naiveSettlement(trades: readonly NaiveTrade[], funds: ReadonlyMap<string, number>) {
  const cash = new Map<string, number>();
  const positions = new Map<string, number>();
  const reversed: NaiveTrade[] = [];
  const add = (map: Map<string, number>, key: string, value: number): void =>
    void map.set(key, (map.get(key) ?? 0) + value);
  for (const trade of trades) {
    const { buyer, seller, price, quantity } = trade;
    const has = (funds.get(buyer) ?? Number.POSITIVE_INFINITY) + (cash.get(buyer) ?? 0);
    if (has < price * quantity) {
      reversed.push(trade);
      continue;
    }
    add(cash, buyer, -price * quantity);
    add(cash, seller, price * quantity);
    add(positions, buyer, quantity);
    add(positions, seller, -quantity);
  }
  return { cash, positions, reversed };
}
