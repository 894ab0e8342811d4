/** Where a message can be, from left to right. */
export const stations = ['caller', 'service', 'notifier', 'customer'] as const;
export type Station = (typeof stations)[number];

/** One step of a message, or what befell the process. */
export interface Hop {
  /** Counts up, so that what is new can be told. */
  readonly number: number;
  readonly atMs: number;
  /** `again`: it came a second time under its key; `waits`: it goes on later; `life`, `death`: of the process. */
  readonly kind: 'hop' | 'again' | 'waits' | 'dead' | 'life' | 'death';
  /** From where to where; of what befell the process, nothing. */
  readonly way?: { readonly from: Station; readonly to: Station };
  readonly text: string;
}

/** So many are shown; the first are forgotten first. */
const mostShown = 40;

/** The latest hops of a column. */
export class Hops {
  #hops: Hop[] = [];
  #count = 0;

  add(hop: Omit<Hop, 'number'>): void {
    this.#hops.push({ number: ++this.#count, ...hop });
    if (this.#hops.length > 2 * mostShown) this.#hops = this.#hops.slice(-mostShown);
  }

  /** The newest first. */
  latest(): readonly Hop[] {
    return this.#hops.slice(-mostShown).reverse();
  }
}
