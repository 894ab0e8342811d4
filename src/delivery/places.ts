/** The deliveries of one channel that are in memory: each has a place, as long as it is in hand or handed over. */
export class Places {
  readonly #most: number;
  #taken = 0;

  /** @param most How many there are. */
  constructor(most: number) {
    this.#most = most;
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
    return true;
  }

  release(): void {
    this.#taken--;
  }
}
