import type { Side } from './messages.ts';

/** An order that waits in the book. */
export interface Resting {
  readonly orderId: string;
  readonly traderId: string;
  readonly remaining: number;
  readonly filled: number;
  /** What it was filled for, in ticks: the sum of price × quantity. */
  readonly notional: number;
}

/** What is kept of a book under one key: the prices of both sides, or who waits at one price. */
export interface Shelf {
  /** At which anybody waits: the best one last. */
  readonly prices?: Readonly<Record<Side, readonly number[]>>;
  /** The first one came first. */
  readonly queue?: readonly Resting[];
}

interface Cell {
  get(): Shelf;
  set(next: Shelf): void;
  clear(): void;
}

const nobody: Readonly<Record<Side, readonly number[]>> = { BUY: [], SELL: [] };

export const opposite = (side: Side): Side => (side === 'BUY' ? 'SELL' : 'BUY');

/** Negative where the first price is the better one for those who wait on this side. */
const better = (side: Side, one: number, other: number): number =>
  side === 'BUY' ? other - one : one - other;

/**
 * The book of one symbol: at each price a queue. Each is kept by itself, so that an order costs what it touches, and not what
 * is in the book.
 */
export class Book {
  readonly #symbol: string;
  readonly #prices: Cell;
  readonly #cellOf: (key: string) => Promise<Cell>;

  constructor(symbol: string, prices: Cell, cellOf: (key: string) => Promise<Cell>) {
    this.#symbol = symbol;
    this.#prices = prices;
    this.#cellOf = cellOf;
  }

  /** Undefined: nobody waits on that side. */
  best(side: Side): number | undefined {
    return this.#all()[side].at(-1);
  }

  async queueAt(side: Side, price: number): Promise<readonly Resting[]> {
    return (await this.#cellAt(side, price)).get().queue ?? [];
  }

  /** @param queue Empty: the price goes from the book. */
  async replace(side: Side, price: number, queue: readonly Resting[]): Promise<void> {
    const cell = await this.#cellAt(side, price);
    if (queue.length > 0) cell.set({ queue });
    else cell.clear();
    const prices = this.#all()[side];
    const place = placeOf(prices, side, price);
    const isThere = prices[place] === price;
    if (isThere === queue.length > 0) return;
    const next = isThere ? prices.toSpliced(place, 1) : prices.toSpliced(place, 0, price);
    this.#prices.set({ prices: { ...this.#all(), [side]: next } });
  }

  async add(side: Side, price: number, order: Resting): Promise<void> {
    await this.replace(side, price, [...(await this.queueAt(side, price)), order]);
  }

  #all(): Readonly<Record<Side, readonly number[]>> {
    return this.#prices.get().prices ?? nobody;
  }

  #cellAt(side: Side, price: number): Promise<Cell> {
    return this.#cellOf(queueKey(this.#symbol, side, price));
  }
}

const queueKey = (symbol: string, side: Side, price: number): string => `${symbol} ${side} ${price}`;

/** Where the price stands among the others, the worst of which is first, or would stand. */
function placeOf(prices: readonly number[], side: Side, price: number): number {
  let from = 0;
  let to = prices.length;
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (better(side, prices[middle] ?? 0, price) > 0) from = middle + 1;
    else to = middle;
  }
  return from;
}
