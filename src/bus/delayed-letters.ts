import type { Cancel, Clock, InFlightCounter } from '../kernel/index.ts';
import type { Letter } from './mailbox.ts';

interface Delayed {
  readonly letter: Letter;
  /** What it failed with. */
  readonly thrown: unknown;
  readonly cancel: Cancel;
}

/** Messages of one subscriber that failed, and wait for their next attempt. */
export class DelayedLetters {
  readonly #clock: Clock;
  readonly #counter: InFlightCounter;
  readonly #waiting = new Set<Delayed>();

  /**
   * @param clock one that makes no steps
   * @param counter counts what waits
   */
  constructor(clock: Clock, counter: InFlightCounter) {
    this.#clock = clock;
    this.#counter = counter;
  }

  add(letter: Letter, thrown: unknown, { dueAtMs, run }: { dueAtMs: number; run(): void }): void {
    const cancel = this.#clock.schedule(dueAtMs, () => {
      this.#waiting.delete(delayed);
      run();
      this.#counter.leave();
    });
    const delayed: Delayed = { letter, thrown, cancel };
    this.#waiting.add(delayed);
    this.#counter.enter();
  }

  /** Gives away what waits: its time will not come. */
  takeAll(): readonly Delayed[] {
    const all = [...this.#waiting];
    for (const { cancel } of all) cancel();
    this.#waiting.clear();
    this.#counter.leave(all.length);
    return all;
  }
}
