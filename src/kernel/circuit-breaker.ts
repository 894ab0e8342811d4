import { millisecondsInMinute } from 'date-fns/constants';
import type { Clock } from './clock.ts';

export interface BreakerPolicy {
  /** So many failures in a row open it. Default 5. */
  readonly failureThreshold: number;
  /** How long it stays open before one message may probe the provider. Default 60,000. */
  readonly resetAfterMs: number;
}

export const defaultBreakerPolicy: BreakerPolicy = {
  failureThreshold: 5,
  resetAfterMs: millisecondsInMinute,
};

/** So long what is held back behind a probe waits, at least, before it asks again. */
const probeAgainMs = 5000;

/** So long after it might have been probed, and nobody wanted to, its failures are too old to hold anybody up. */
const forgottenAfterMs = 30 * millisecondsInMinute;

export type BreakerState = 'closed' | 'open' | 'half-open';

/** Lets its holder ask the provider, and is handed back with what came of it. */
export type Permit = number;

export interface CircuitBreakerOptions {
  /** One that makes no steps. */
  clock: Clock;
  policy?: BreakerPolicy;
  /** Called after each change of its state. */
  onChange?: (state: BreakerState) => void;
}

/**
 * Keeps messages from a provider that fails. Closed, it lets everything through; after some failures in a
 * row it opens and lets nothing through; when it has been open for a while, it lets one message probe the
 * provider (half-open): its success closes it, its failure opens it again. One that nobody has asked for long is closed.
 */
export class CircuitBreaker {
  readonly #clock: Clock;
  readonly #policy: BreakerPolicy;
  readonly #onChange: (state: BreakerState) => void;
  #state: BreakerState = 'closed';
  #failuresInARow = 0;
  #probeAtMs = 0;
  #isProbing = false;
  /** Grows with each change of state: what was asked in an earlier one says nothing about this one. */
  #term: Permit = 0;

  constructor({ clock, policy = defaultBreakerPolicy, onChange = () => {} }: CircuitBreakerOptions) {
    this.#clock = clock;
    this.#policy = policy;
    this.#onChange = onChange;
  }

  get state(): BreakerState {
    return this.#state;
  }

  /** How many messages it would let through now: any number, one, or none. */
  get permits(): number {
    if (this.#state === 'closed' || this.#isForgotten) return Number.POSITIVE_INFINITY;
    if (this.#state === 'open') return this.#clock.now() >= this.#probeAtMs ? 1 : 0;
    return this.#isProbing ? 0 : 1;
  }

  /** From when on it may let something through: now, unless it is open, or the answer to a probe is awaited. */
  get readyAtMs(): number {
    const nowMs = this.#clock.now();
    if (this.#state === 'open') return Math.max(nowMs, this.#probeAtMs);
    return this.#isProbing ? nowMs + probeAgainMs : nowMs;
  }

  /** Asks to let a message through; undefined: not now. */
  enter(): Permit | undefined {
    if (this.#isForgotten) this.#become('closed');
    if (this.#state === 'closed') return this.#term;
    if (this.permits === 0) return undefined;
    if (this.#state === 'open') this.#become('half-open');
    this.#isProbing = true;
    return this.#term;
  }

  /** The provider has answered: it took the message, or refused it for good. */
  succeeded(permit: Permit): void {
    if (permit !== this.#term) return;
    this.#failuresInARow = 0;
    if (this.#state === 'half-open') this.#become('closed');
  }

  /** The provider is unavailable, or did not answer. */
  failed(permit: Permit): void {
    if (permit !== this.#term) return;
    this.#failuresInARow++;
    if (this.#state === 'closed' && this.#failuresInARow < this.#policy.failureThreshold) return;
    this.#probeAtMs = this.#clock.now() + this.#policy.resetAfterMs;
    this.#become('open');
  }

  /** Nothing came of it that says how the provider is: another may ask. */
  release(permit: Permit): void {
    if (permit === this.#term) this.#isProbing = false;
  }

  get #isForgotten(): boolean {
    return this.#state === 'open' && this.#clock.now() >= this.#probeAtMs + forgottenAfterMs;
  }

  #become(state: BreakerState): void {
    this.#state = state;
    this.#term++;
    this.#isProbing = false;
    if (state === 'closed') this.#failuresInARow = 0;
    this.#onChange(state);
  }
}
