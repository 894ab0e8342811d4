import { millisecondsInSecond } from 'date-fns/constants';
import type { Clock } from './clock.ts';

const seconds = 61;

/** How often something happened lately, to the second, up to a minute back. Takes the same memory however often. */
export class RecentCount {
  readonly #clock: Clock;
  readonly #counts = new Array<number>(seconds).fill(0);
  #second: number;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#second = this.#now();
  }

  add(): void {
    this.#moveOn();
    const place = this.#second % seconds;
    this.#counts[place] = (this.#counts[place] ?? 0) + 1;
  }

  /** @param overMs Up to 60,000; the second that it reaches into counts whole. */
  within(overMs: number): number {
    this.#moveOn();
    let sum = 0;
    for (let back = 0; back < Math.ceil(overMs / millisecondsInSecond); back++)
      sum += this.#counts[(this.#second - back + seconds) % seconds] ?? 0;
    return sum;
  }

  #moveOn(): void {
    const second = this.#now();
    const passed = Math.min(second - this.#second, seconds);
    for (let step = 1; step <= passed; step++) this.#counts[(this.#second + step) % seconds] = 0;
    this.#second = second;
  }

  #now(): number {
    return Math.floor(this.#clock.now() / millisecondsInSecond);
  }
}
