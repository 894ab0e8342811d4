interface Waiting {
  resolve(): void;
  reject(reason: unknown): void;
}

/**
 * Counts what is in flight: what goes on now, and would go on if the clock stood still. Whoever takes something in
 * hand enters, and leaves when it is done with or waits on the clock.
 */
export class InFlightCounter {
  readonly #whole: InFlightCounter | undefined;
  #count = 0;
  #waiting: Waiting[] = [];
  #interruption: { readonly reason: unknown } | undefined;

  /** @param whole That of which this counts a part: it is not idle as long as this is not. */
  constructor(whole?: InFlightCounter) {
    this.#whole = whole;
  }

  /** How much is in flight. */
  get count(): number {
    return this.#count;
  }

  enter(times = 1): void {
    if (times === 0) return;
    if (this.#count === 0) this.#whole?.enter();
    this.#count += times;
  }

  leave(times = 1): void {
    if (times === 0) return;
    this.#count -= times;
    if (this.#count > 0) return;
    for (const { resolve } of this.#waiting.splice(0)) resolve();
    this.#whole?.leave();
  }

  /** Enters, and leaves with the promise. */
  async during<T>(work: Promise<T>): Promise<T> {
    this.enter();
    try {
      return await work;
    } finally {
      this.leave();
    }
  }

  /**
   * Resolves when nothing is in flight, nor is a turn of the event loop later: whoever waited for something that was
   * in flight may go on with what it came to.
   * @throws whatever `interrupt` is given meanwhile.
   */
  async idle(): Promise<void> {
    const before = this.#interruption;
    do {
      while (this.#count > 0) {
        await new Promise<void>((resolve, reject) => this.#waiting.push({ resolve, reject }));
      }
      await new Promise(setImmediate);
      if (this.#interruption !== undefined && this.#interruption !== before) throw this.#interruption.reason;
    } while (this.#count > 0);
  }

  /** What is in flight will not come to its end for now: whoever waits is told so. */
  interrupt(reason: unknown): void {
    this.#interruption = { reason };
    for (const { reject } of this.#waiting.splice(0)) reject(reason);
    this.#whole?.interrupt(reason);
  }
}
