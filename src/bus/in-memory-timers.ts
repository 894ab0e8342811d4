import type { Message } from '../events/index.ts';
import { Alarm, type Clock, Heap } from '../kernel/index.ts';
import type { TimerWrite } from './invoke.ts';

interface Timer {
  /** Of its subscriber and key. */
  readonly name: string;
  readonly dueAtMs: number;
  /** Of two that are due at once, the one that was set first goes first. */
  readonly order: number;
  readonly message: Message;
}

const isBefore = (one: Timer, other: Timer): boolean =>
  one.dueAtMs < other.dueAtMs || (one.dueAtMs === other.dueAtMs && one.order < other.order);

/** Messages that are to be published later, in memory: one for each key of a subscriber. */
export class InMemoryTimers {
  readonly #clock: Clock;
  readonly #publish: (message: Message) => void;
  readonly #alarm: Alarm;
  readonly #byName = new Map<string, Timer>();
  /** Those and some that were cancelled or replaced. */
  readonly #byTime = new Heap<Timer>(isBefore);
  #count = 0;
  #isClosed = false;

  constructor(clock: Clock, publish: (message: Message) => void) {
    this.#clock = clock;
    this.#publish = publish;
    this.#alarm = new Alarm(clock, () => this.#ring());
  }

  /** What a handler has come to, in its order. */
  apply(subscriber: string, writes: readonly TimerWrite[]): void {
    for (const { key, timer } of writes) {
      const name = `${subscriber}\n${key}`;
      if (timer === null) this.#byName.delete(name);
      else if (!this.#isClosed) this.#set(name, timer);
    }
  }

  #set(name: string, { dueAtMs, message }: Pick<Timer, 'dueAtMs' | 'message'>): void {
    const timer = { name, dueAtMs, message, order: this.#count++ };
    this.#byName.set(name, timer);
    this.#byTime.push(timer);
    this.#sweep();
    this.#alarm.setFor(dueAtMs);
  }

  /** Nothing is published any more. */
  close(): void {
    this.#isClosed = true;
    this.#alarm.off();
    this.#byName.clear();
    this.#byTime.clear();
  }

  #ring(): void {
    const nowMs = this.#clock.now();
    for (let next = this.#next(); next !== undefined && next.dueAtMs <= nowMs; next = this.#next()) {
      this.#byTime.pop();
      this.#byName.delete(next.name);
      this.#publish(next.message);
    }
    const next = this.#next();
    if (next !== undefined) this.#alarm.setFor(next.dueAtMs);
  }

  /** The first that still holds. */
  #next(): Timer | undefined {
    let next = this.#byTime.first;
    while (next !== undefined && this.#byName.get(next.name) !== next) {
      this.#byTime.pop();
      next = this.#byTime.first;
    }
    return next;
  }

  /** Those that are set again and again must not pile up until they would have been due. */
  #sweep(): void {
    if (this.#byTime.size <= 2 * this.#byName.size + 1000) return;
    this.#byTime.clear();
    for (const timer of this.#byName.values()) this.#byTime.push(timer);
  }
}
