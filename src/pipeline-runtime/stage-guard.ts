import { PutOffError } from '../bus/index.ts';
import {
  type BreakerPolicy,
  type BreakerState,
  CircuitBreaker,
  type Clock,
  defaultBreakerPolicy,
  Pace,
  type Permit,
  type Random,
  steadyClock,
} from '../kernel/index.ts';
import { MessageRefusedError } from './errors.ts';

export interface StageGuardOptions {
  clock: Clock;
  random: Random;
  breaker?: Partial<BreakerPolicy> | undefined;
  perSecond?: number | undefined;
}

/** Only who refuses asks for a pause, and a stage does not. */
const noPauseMs = 0;

/** Keeps messages from a stage that fails on all of them, and hands out no more than it is to have in a second. */
export class StageGuard {
  readonly #clock: Clock;
  readonly #steady: Clock;
  readonly #breaker: CircuitBreaker | undefined;
  readonly #pace: Pace | undefined;

  constructor({ clock, random, breaker, perSecond }: StageGuardOptions) {
    const steady = steadyClock(clock);
    this.#clock = clock;
    this.#steady = steady;
    if (breaker !== undefined)
      this.#breaker = new CircuitBreaker({ clock: steady, policy: { ...defaultBreakerPolicy, ...breaker } });
    if (perSecond !== undefined)
      this.#pace = new Pace({
        clock: steady,
        random,
        ratePerSecond: perSecond,
        longestPauseMs: noPauseMs,
      });
  }

  get breakerState(): BreakerState {
    return this.#breaker?.state ?? 'closed';
  }

  /**
   * Lets a message through.
   * @throws {PutOffError} not now.
   */
  enter(): Permit | undefined {
    const pace = this.#pace;
    if (pace !== undefined && pace.permits < 1) throw this.#until(pace.readyAtMs);
    const permit = this.#breaker?.enter();
    if (this.#breaker !== undefined && permit === undefined) throw this.#until(this.#breaker.readyAtMs);
    pace?.take();
    return permit;
  }

  /** What came of it; undefined: it has succeeded. */
  leave(permit: Permit | undefined, thrown?: unknown): void {
    if (permit === undefined || this.#breaker === undefined) return;
    if (thrown instanceof PutOffError) this.#breaker.release(permit);
    else if (thrown === undefined || thrown instanceof MessageRefusedError) this.#breaker.succeeded(permit);
    else this.#breaker.failed(permit);
  }

  #until(readyAtMs: number): PutOffError {
    const waitMs = Math.max(1, readyAtMs - this.#steady.now());
    return new PutOffError(this.#clock.now() + waitMs);
  }
}
