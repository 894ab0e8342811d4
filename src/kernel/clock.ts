export type Cancel = () => void;

/** Time as a port: everything that asks for the time, or waits, goes through one of these. */
export interface Clock {
  /** Milliseconds since the Unix epoch, UTC. */
  now(): number;
  /** Calls `run` once, at `atMs` or as soon after as the clock can. A time already past means "next turn". */
  schedule(atMs: number, run: () => void): Cancel;
}

const LONGEST_TIMEOUT_MS = 2 ** 31 - 1;

/** The machine's clock. Its timers never keep the process alive. */
export function systemClock(): Clock {
  return {
    now: () => Date.now(),
    schedule(atMs, run) {
      let timer: NodeJS.Timeout;
      const arm = (): void => {
        const waitMs = Math.max(0, atMs - Date.now());
        // setTimeout cannot hold more than 24.8 days: wait in pieces.
        timer = waitMs > LONGEST_TIMEOUT_MS ? setTimeout(arm, LONGEST_TIMEOUT_MS) : setTimeout(run, waitMs);
        timer.unref();
      };
      arm();
      return () => clearTimeout(timer);
    },
  };
}

interface Timer {
  readonly atMs: number;
  readonly order: number;
  readonly run: () => void;
}

/**
 * A clock that stands still until it is told to move, so that "eight hours later" takes no time and a
 * run repeats to the byte. Timers fire in the order of their time, then of their scheduling.
 */
export class VirtualClock implements Clock {
  #nowMs: number;
  #scheduled = 0;
  readonly #timers = new Set<Timer>();

  constructor(startMs: number) {
    this.#nowMs = startMs;
  }

  now(): number {
    return this.#nowMs;
  }

  schedule(atMs: number, run: () => void): Cancel {
    const timer: Timer = { atMs: Math.max(atMs, this.#nowMs), order: this.#scheduled++, run };
    this.#timers.add(timer);
    return () => void this.#timers.delete(timer);
  }

  /** When the next timer is due, or undefined when none is set. */
  nextDueMs(): number | undefined {
    return this.#next()?.atMs;
  }

  /**
   * Moves to `toMs`, firing every timer due on the way at its own time and letting `settle` finish what
   * it started before the next one fires.
   */
  async advanceTo(toMs: number, settle: () => Promise<void>): Promise<void> {
    for (let next = this.#next(); next !== undefined && next.atMs <= toMs; next = this.#next()) {
      this.#timers.delete(next);
      this.#nowMs = Math.max(this.#nowMs, next.atMs);
      next.run();
      await settle();
    }
    this.#nowMs = Math.max(this.#nowMs, toMs);
  }

  #next(): Timer | undefined {
    let earliest: Timer | undefined;
    for (const timer of this.#timers) {
      const isEarlier =
        earliest === undefined ||
        timer.atMs < earliest.atMs ||
        (timer.atMs === earliest.atMs && timer.order < earliest.order);
      if (isEarlier) earliest = timer;
    }
    return earliest;
  }
}
