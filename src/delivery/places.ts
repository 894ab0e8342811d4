import { millisecondsInMinute } from 'date-fns/constants';
import type { Clock } from '../kernel/index.ts';

export interface PlacesOptions {
  /** One that makes no steps. */
  clock: Clock;
  /** How many there are. */
  most: number;
  /** A delivery with this place was leased, and never came back. */
  onForgotten(id: string, line: string): void;
}

interface Lease {
  readonly line: string;
  readonly sinceMs: number;
}

/** So long a place is kept for a delivery that somebody took over: by then it has come back, or got lost. */
const leaseMs = 10 * millisecondsInMinute;

/** The deliveries of one channel that are in memory: each has a place, as long as it is in hand or leased. */
export class Places {
  readonly #options: PlacesOptions;
  #taken = 0;
  /** By delivery id, oldest first. */
  readonly #leases = new Map<string, Lease>();

  constructor(options: PlacesOptions) {
    this.#options = options;
  }

  get free(): number {
    this.#freeForgotten();
    return this.#options.most - this.#taken;
  }

  /** Whether so many are free that it is worth looking for deliveries that wait. */
  get isWorthIt(): boolean {
    return this.free >= this.#options.most / 4 && this.free >= 1;
  }

  /** @param share Of all places may be taken with it. @returns whether it is. */
  take(share: number): boolean {
    this.#freeForgotten();
    if (this.#taken >= this.#options.most * share) return false;
    this.#taken++;
    return true;
  }

  release(): void {
    this.#taken--;
  }

  /** Somebody takes the delivery over, and its place is kept. */
  lease(id: string, line: string): void {
    // One that is leased again stands behind those that were leased meanwhile, and has one place.
    if (this.#leases.delete(id)) this.#taken--;
    this.#leases.set(id, { line, sinceMs: this.#options.clock.now() });
  }

  /** It has come back. @returns whether it had a place. */
  redeem(id: string): boolean {
    this.#freeForgotten();
    return this.#leases.delete(id);
  }

  /** What was leased and never sent, such as a message that nobody could handle, is not waited for. */
  #freeForgotten(): void {
    const nowMs = this.#options.clock.now();
    for (const [id, { line, sinceMs }] of this.#leases) {
      if (nowMs - sinceMs < leaseMs) return;
      this.#leases.delete(id);
      this.#taken--;
      this.#options.onForgotten(id, line);
    }
  }
}
