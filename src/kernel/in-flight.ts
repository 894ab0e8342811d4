/** Counts what is in flight: what goes on now, and would go on if the clock stood still. */
export class InFlightCounter {
  #count = 0;
  #waiting: (() => void)[] = [];

  /** How much is in flight. */
  get count(): number {
    return this.#count;
  }

  enter(times = 1): void {
    this.#count += times;
  }

  leave(times = 1): void {
    this.#count -= times;
    if (this.#count > 0 || this.#waiting.length === 0) return;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
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

  /** Resolves when nothing is in flight. */
  async idle(): Promise<void> {
    while (this.#count > 0) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }
}
