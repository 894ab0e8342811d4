import type { Random } from '../../kernel/index.ts';
import type { OrderRow } from './order-row.ts';

const symbols = 5;
const traders = 500;
/** The clearing house answers in tens of milliseconds, and so orders come. */
const everyMs = 10;
const ordersEach = 20;

/** Two thousand orders a second, around a price that wanders: a third of them trade at once, the others wait. */
export function generated(count: number, random: Random, beginsAtMs: number): readonly OrderRow[] {
  const batch = random.next().toString(36).slice(2, 8);
  const upTo = (most: number): number => Math.floor(random.next() * most);
  const middles = Array.from({ length: symbols }, () => 10_000);
  return Array.from({ length: count }, (_, index): OrderRow => {
    const at = upTo(symbols);
    const middle = Math.max(1000, (middles[at] ?? 0) + upTo(3) - 1);
    middles[at] = middle;
    const side = random.next() < 0.5 ? 'BUY' : 'SELL';
    const isMarket = random.next() < 0.1;
    // Below the middle is better for those who sell: one in four comes across it.
    const away = upTo(400) - 100;
    return {
      atMs: beginsAtMs + Math.floor(index / ordersEach) * everyMs,
      orderId: `${batch}-${index + 1}`,
      traderId: `trader-${upTo(traders) + 1}`,
      symbol: `S${at + 1}`,
      side,
      type: isMarket ? 'MARKET' : 'LIMIT',
      quantity: 1 + upTo(100),
      price: isMarket ? null : side === 'BUY' ? middle - away : middle + away,
      cash: null,
    };
  });
}
