import type { Tenure } from './tenure.ts';

/** The deliveries of one channel that are in memory: each has a place, as long as it is in hand or handed over. */
export class Places {
  readonly #most: number;
  readonly #tenure: Tenure;
  #taken = 0;

  /**
   * @param most How many there are.
   * @param tenure Is held as long as one is taken.
   */
  constructor(most: number, tenure: Tenure) {
    this.#most = most;
    this.#tenure = tenure;
  }

  get free(): number {
    return this.#most - this.#taken;
  }

  /** Whether so many are free that it is worth looking for deliveries that wait. */
  get isWorthIt(): boolean {
    return this.free >= this.#most / 4 && this.free >= 1;
  }

  /** @param share Of all places may be taken with it. @returns whether it is. */
  take(share: number): boolean {
    if (this.#taken >= this.#most * share) return false;
    this.#taken++;
    this.#tenure.hold();
    return true;
  }

  release(): void {
    this.#taken--;
    this.#tenure.drop();
  }
}
