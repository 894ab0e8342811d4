import type { Resting, Shelf } from './book.ts';
import { type Side, sides } from './messages.ts';

/** Who waits at one price, first come first. */
export interface Level {
  readonly price: number;
  readonly quantity: number;
  readonly orders: readonly Resting[];
}

/** Each side with its best price first. */
export interface SymbolBook {
  readonly symbol: string;
  readonly levels: Readonly<Record<Side, readonly Level[]>>;
}

/** Puts together what is kept in pieces. */
export function booksOf(shelves: ReadonlyMap<string, Shelf>): readonly SymbolBook[] {
  const levels = new Map<string, Record<Side, Level[]>>();
  for (const [key, { queue }] of shelves) {
    if (queue === undefined) continue;
    const [symbol = '', side, price] = key.split(' ');
    const ofSymbol = levels.get(symbol) ?? { BUY: [], SELL: [] };
    levels.set(symbol, ofSymbol);
    const quantity = queue.reduce((sum, { remaining }) => sum + remaining, 0);
    ofSymbol[side as Side].push({ price: Number(price), quantity, orders: queue });
  }
  for (const each of levels.values())
    for (const side of sides)
      each[side].sort((one, other) => (side === 'BUY' ? other.price - one.price : one.price - other.price));
  return [...levels].map(([symbol, each]) => ({ symbol, levels: each }));
}
