/** What goes on in a pipeline, for whoever moves the clock. */
export class Activity {
  /** Messages in hand whose stages wait on the clock. */
  waiting = 0;
  /** Grows whenever anything happens. */
  count = 0;

  async during<T>(wait: Promise<T>): Promise<T> {
    this.waiting++;
    try {
      return await wait;
    } finally {
      this.waiting--;
      this.count++;
    }
  }
}
