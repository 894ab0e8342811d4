/** What goes on now, and would go on if the clock stood still. */
export class Activity {
  #count = 0;
  #waiting: (() => void)[] = [];

  begin(times = 1): void {
    this.#count += times;
  }

  end(times = 1): void {
    this.#count -= times;
    if (this.#count > 0 || this.#waiting.length === 0) return;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
  }

  /** Begins, and ends with the promise. */
  async during<T>(work: Promise<T>): Promise<T> {
    this.begin();
    try {
      return await work;
    } finally {
      this.end();
    }
  }

  /** Resolves when nothing goes on. */
  async idle(): Promise<void> {
    while (this.#count > 0) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }
}
