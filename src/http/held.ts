import type { Clock } from '../kernel/index.ts';

/** An answer that took so long is given again for ten times as long. */
const timesAsLong = 10;

interface Answer<T> {
  readonly given: Promise<T>;
  /** Infinity: it is being reckoned. */
  untilMs: number;
}

/**
 * Keeps what takes long to reckon, so that however many ask however often, it takes a tenth of the time at most. What takes no
 * time is reckoned each time.
 */
export class Held<T> {
  readonly #clock: Clock;
  readonly #answers = new Map<string, Answer<T>>();

  /** @param clock one that never goes back */
  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** What `reckon` gives, or gave a while ago under this key. Of one that fails nothing is kept. */
  get(key: string, reckon: () => Promise<T>): Promise<T> {
    const sinceMs = this.#clock.now();
    const held = this.#answers.get(key);
    if (held !== undefined && sinceMs < held.untilMs) return held.given;
    const answer: Answer<T> = { given: reckon(), untilMs: Number.POSITIVE_INFINITY };
    this.#answers.set(key, answer);
    answer.given.then(
      () => {
        const nowMs = this.#clock.now();
        answer.untilMs = nowMs + timesAsLong * (nowMs - sinceMs);
      },
      () => this.#answers.delete(key),
    );
    return answer.given;
  }
}
