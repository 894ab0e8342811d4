import type { Clock } from './clock.ts';

/** After the first failure of what everything waits for, how long until that is tried again. */
const firstDelayMs = 250;
/** However often it has failed, it is never longer. */
const longestDelayMs = 5000;

/**
 * How long until what everything waits for, such as a datastore, is tried again: twice as long each time, as long as it keeps failing.
 * Several that find it failing before it is tried again are one failure.
 */
export class GrowingDelay {
  readonly #clock: Clock;
  #delayMs = 0;
  #failedAtMs = Number.NEGATIVE_INFINITY;

  /** @param clock one that makes no steps */
  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** It has failed. @returns how long until it is tried again. */
  next(): number {
    const nowMs = this.#clock.now();
    const sinceMs = nowMs - this.#failedAtMs;
    if (sinceMs < this.#delayMs) return this.#delayMs;
    // What has worked for as long again has failed anew.
    const goesOn = sinceMs <= 2 * this.#delayMs;
    this.#delayMs = goesOn ? Math.min(2 * this.#delayMs, longestDelayMs) : firstDelayMs;
    this.#failedAtMs = nowMs;
    return this.#delayMs;
  }
}
