/** What goes on in a pipeline, for whoever moves the clock. */
export class Activity {
  /** Messages in hand whose stages wait on the clock. */
  waiting = 0;
  /** Grows whenever anything happens. */
  count = 0;
  #tell: (() => void) | undefined;

  async during<T>(wait: Promise<T>): Promise<T> {
    this.waiting++;
    this.#tell?.();
    try {
      return await wait;
    } finally {
      this.waiting--;
      this.count++;
    }
  }

  /** Resolves when the next stage begins to wait. One may ask at a time. */
  untilWaiting(): Promise<void> {
    return new Promise((resolve) => {
      this.#tell = resolve;
    });
  }
}
