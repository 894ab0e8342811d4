import type { Clock } from './clock.ts';

export interface GrowingDelayOptions {
  /** One that makes no steps. */
  clock: Clock;
  firstMs: number;
  longestMs: number;
}

/**
 * How long until what has failed is tried again: twice as long each time, as long as it keeps failing. Several that fail before it is
 * tried again are one failure.
 */
export class GrowingDelay {
  readonly #options: GrowingDelayOptions;
  #delayMs = 0;
  #failedAtMs = Number.NEGATIVE_INFINITY;

  constructor(options: GrowingDelayOptions) {
    this.#options = options;
  }

  /** It has failed. @returns how long until it is tried again. */
  next(): number {
    const { clock, firstMs, longestMs } = this.#options;
    const nowMs = clock.now();
    const sinceMs = nowMs - this.#failedAtMs;
    if (sinceMs < this.#delayMs) return this.#delayMs;
    // What has worked for as long again has failed anew.
    const goesOn = sinceMs <= 2 * this.#delayMs;
    this.#delayMs = goesOn ? Math.min(2 * this.#delayMs, longestMs) : firstMs;
    this.#failedAtMs = nowMs;
    return this.#delayMs;
  }
}
