import type { Cancel, Clock } from '../kernel/index.ts';
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
  readonly #waiting = new Set<Delayed>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  add(letter: Letter, thrown: unknown, { dueAtMs, run }: { dueAtMs: number; run(): void }): void {
    const cancel = this.#clock.schedule(dueAtMs, () => {
      this.#waiting.delete(delayed);
      run();
    });
    const delayed: Delayed = { letter, thrown, cancel };
    this.#waiting.add(delayed);
  }

  /** Gives away what waits: its time will not come. */
  takeAll(): readonly Delayed[] {
    const all = [...this.#waiting];
    for (const { cancel } of all) cancel();
    this.#waiting.clear();
    return all;
  }
}
