import type { Cancel, Clock } from './clock.ts';

/** One timer for many moments: it rings at the earliest that was asked for. */
export class Alarm {
  readonly #clock: Clock;
  readonly #ring: (lateMs: number) => void;
  #atMs = Number.POSITIVE_INFINITY;
  #cancel: Cancel = () => {};

  /** @param ring told how much later than it was to it rings */
  constructor(clock: Clock, ring: (lateMs: number) => void) {
    this.#clock = clock;
    this.#ring = ring;
  }

  setFor(atMs: number): void {
    if (atMs >= this.#atMs) return;
    this.#cancel();
    this.#atMs = atMs;
    this.#cancel = this.#clock.schedule(atMs, () => {
      this.#atMs = Number.POSITIVE_INFINITY;
      this.#ring(this.#clock.now() - atMs);
    });
  }

  off(): void {
    this.#cancel();
    this.#atMs = Number.POSITIVE_INFINITY;
  }
}
