import type { Cancel, Clock } from '../../src/kernel/index.ts';

interface Timer {
  readonly isDue: () => boolean;
  readonly run: () => void;
}

/** As the machine's: what is asked for by the wall comes by the wall, what is asked to last lasts. */
export class SettableClock implements Clock {
  #wallMs: number;
  #passedMs = 0;
  readonly #timers = new Set<Timer>();

  constructor(wallMs: number) {
    this.#wallMs = wallMs;
  }

  now(): number {
    return this.#wallMs;
  }

  monotonicMs(): number {
    return this.#passedMs;
  }

  schedule(atMs: number, run: () => void): Cancel {
    return this.#add({ isDue: () => this.#wallMs >= atMs, run });
  }

  after(delayMs: number, run: () => void): Cancel {
    const endMs = this.#passedMs + delayMs;
    return this.#add({ isDue: () => this.#passedMs >= endMs, run });
  }

  /** Somebody sets the clock on the wall. */
  set(wallMs: number): void {
    this.#wallMs = wallMs;
    this.#ring();
  }

  /** Time passes, all of it before anything rings: as for a process that stood still. */
  passAtOnce(ms: number): void {
    this.#wallMs += ms;
    this.#passedMs += ms;
    this.#ring();
  }

  #add(timer: Timer): Cancel {
    this.#timers.add(timer);
    return () => void this.#timers.delete(timer);
  }

  #ring(): void {
    for (const timer of [...this.#timers]) {
      if (!timer.isDue() || !this.#timers.delete(timer)) continue;
      timer.run();
    }
  }
}
