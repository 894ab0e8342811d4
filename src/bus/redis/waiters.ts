import { BrokerUnavailableError } from './errors.ts';

/** What is to be told to the broker, and waits until it is back. */
export class Waiters {
  #waiting: ((goesOn: boolean) => void)[] = [];
  #isOver = false;

  /** Asks until there is an answer. @throws {BrokerUnavailableError} nobody waits for it any more. */
  async insist<T>(ask: () => Promise<T>, onOutage: (thrown: unknown) => void): Promise<T> {
    for (;;) {
      try {
        return await ask();
      } catch (thrown) {
        if (!(thrown instanceof BrokerUnavailableError) || this.#isOver) throw thrown;
        const resumed = new Promise<boolean>((resolve) => this.#waiting.push(resolve));
        onOutage(thrown);
        if (!(await resumed)) throw thrown;
      }
    }
  }

  goOn(): void {
    for (const go of this.#waiting.splice(0)) go(true);
  }

  giveUp(): void {
    this.#isOver = true;
    for (const go of this.#waiting.splice(0)) go(false);
  }
}
