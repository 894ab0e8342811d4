import { Heap } from './heap.ts';

export type Cancel = () => void;

/** Time as a port: everything that asks for the time, or waits, goes through one of these. */
export interface Clock {
  /** Milliseconds since the Unix epoch, UTC. It may be set back and forward: see `steadyClock` for what lasts. */
  now(): number;
  /** Calls `run` once, at `atMs` or as soon after as the clock can. A time already past means "next turn". */
  schedule(atMs: number, run: () => void): Cancel;
  /** Whole milliseconds since some moment, that no setting of the clock changes. Left out: it has no such reading. */
  monotonicMs?(): number;
  /** Calls `run` once, when so much time has passed, whatever the clock is set to. Goes with `monotonicMs`. */
  after?(delayMs: number, run: () => void): Cancel;
}

/** So often a timer looks at the clock on the wall again, which may have been set. */
const longestNapMs = 60_000;
const longestTimeoutMs = 2 ** 31 - 1;

/** The machine's clock. Its timers never keep the process alive. */
export function systemClock(): Clock {
  const nap = (msLeft: () => number, longestMs: number, run: () => void): Cancel => {
    let timer: NodeJS.Timeout;
    const wake = (): void => {
      if (msLeft() <= 0) run();
      else arm();
    };
    const arm = (): void => {
      timer = setTimeout(wake, Math.min(Math.max(0, msLeft()), longestMs)).unref();
    };
    arm();
    return () => clearTimeout(timer);
  };
  const monotonicMs = (): number => Math.floor(performance.now());
  return {
    now: () => Date.now(),
    schedule: (atMs, run) => nap(() => atMs - Date.now(), longestNapMs, run),
    monotonicMs,
    after(delayMs, run) {
      const endMs = monotonicMs() + delayMs;
      return nap(() => endMs - monotonicMs(), longestTimeoutMs, run);
    },
  };
}

interface Timer {
  /** By the time that has passed. */
  readonly atMs: number;
  readonly order: number;
  /** Undefined once it has rung or is cancelled. */
  run: (() => void) | undefined;
}

const isEarlier = (one: Timer, other: Timer): boolean =>
  one.atMs < other.atMs || (one.atMs === other.atMs && one.order < other.order);

/** So many cancelled timers may stay until their time, however few others there are. */
const mostCancelled = 1024;

/**
 * A clock that stands still until it is told to move, so that "eight hours later" takes no time and a
 * run repeats to the byte. Timers fire in the order of their time, then of their scheduling.
 */
export class VirtualClock implements Clock {
  /** What the wall says at the time that the timers count from. */
  #wallMs: number;
  #passedMs = 0;
  #scheduled = 0;
  #timers = new Heap<Timer>(isEarlier);
  #cancelled = 0;

  constructor(startMs: number) {
    this.#wallMs = startMs;
  }

  now(): number {
    return this.#wallMs + this.#passedMs;
  }

  monotonicMs(): number {
    return this.#passedMs;
  }

  schedule(atMs: number, run: () => void): Cancel {
    return this.after(atMs - this.now(), run);
  }

  after(delayMs: number, run: () => void): Cancel {
    const timer: Timer = { atMs: this.#passedMs + Math.max(0, delayMs), order: this.#scheduled++, run };
    this.#timers.push(timer);
    return () => this.#cancel(timer);
  }

  /** Somebody sets the clock on the wall: no time passes, and timers ring when they would have. */
  set(wallMs: number): void {
    this.#wallMs = wallMs - this.#passedMs;
  }

  /** When the next timer is due, or undefined when none is set. */
  nextDueMs(): number | undefined {
    const next = this.#next();
    return next && this.#wallMs + next.atMs;
  }

  /**
   * Moves to `toMs`, firing every timer due on the way at its own time and letting `settle` finish what
   * it started before the next one fires.
   */
  async advanceTo(toMs: number, settle: () => Promise<void>): Promise<void> {
    for (
      let next = this.#next();
      next !== undefined && this.#wallMs + next.atMs <= toMs;
      next = this.#next()
    ) {
      this.#timers.pop();
      const { run } = next;
      next.run = undefined;
      this.#passedMs = Math.max(this.#passedMs, next.atMs);
      run?.();
      await settle();
    }
    this.#passedMs = Math.max(this.#passedMs, toMs - this.#wallMs);
  }

  /** It stays where it is until its time, or until half of them are such. */
  #cancel(timer: Timer): void {
    if (timer.run === undefined) return;
    timer.run = undefined;
    this.#cancelled++;
    if (this.#cancelled < Math.max(mostCancelled, this.#timers.size / 2)) return;
    this.#timers = this.#timers.only(({ run }) => run !== undefined);
    this.#cancelled = 0;
  }

  #next(): Timer | undefined {
    for (let first = this.#timers.first; first !== undefined; first = this.#timers.first) {
      if (first.run !== undefined) return first;
      this.#timers.pop();
      this.#cancelled--;
    }
    return undefined;
  }
}
