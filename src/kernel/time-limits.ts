import { Alarm } from './alarm.ts';
import type { Clock } from './clock.ts';
import { stoodStill } from './time-limit.ts';

/** What has only so much time. */
export interface Limited {
  /** It is over. */
  overrun(): void;
}

/**
 * The same time for each of many, by one timer: what began first runs out of it first. As with {@link timeLimit}, only time counts
 * in which an answer could have been heard.
 */
export class TimeLimits<Each extends Limited> implements Iterable<Each> {
  readonly #clock: Clock;
  readonly #ms: number;
  readonly #alarm: Alarm;
  /** When the time of each is over, in the order in which they began. */
  readonly #endsMs = new Map<Each, number>();

  /** @param clock one that makes no steps */
  constructor(clock: Clock, ms: number) {
    this.#clock = clock;
    this.#ms = ms;
    this.#alarm = new Alarm(clock, (lateMs) => this.#look(lateMs));
  }

  begin(each: Each): void {
    const endMs = this.#clock.now() + this.#ms;
    this.#endsMs.set(each, endMs);
    this.#alarm.setFor(endMs);
  }

  /** It needs no more time. */
  end(each: Each): void {
    this.#endsMs.delete(each);
    if (this.#endsMs.size === 0) this.#alarm.off();
  }

  /** Those that have begun and whose time is not over. */
  [Symbol.iterator](): Iterator<Each> {
    return this.#endsMs.keys();
  }

  #look(lateMs: number): void {
    const nowMs = this.#clock.now();
    if (stoodStill(lateMs)) {
      this.#alarm.setFor(nowMs + this.#ms);
      return;
    }
    for (const [each, endMs] of this.#endsMs) {
      if (endMs > nowMs) {
        this.#alarm.setFor(endMs);
        return;
      }
      this.#endsMs.delete(each);
      each.overrun();
    }
  }
}
