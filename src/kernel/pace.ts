import { millisecondsInMinute, millisecondsInSecond } from 'date-fns/constants';
import type { Clock } from './clock.ts';
import type { Random } from './random.ts';
import { RecentCount } from './recent-count.ts';

export interface PaceOptions {
  /** One that makes no steps. */
  clock: Clock;
  /** Of the jitter of pauses. */
  random: Random;
  /** What is known of the provider beforehand. Left out: it takes as many as it takes. */
  ratePerSecond?: number | undefined;
  /** No pause is longer. */
  longestPauseMs: number;
}

/** The pace in which a message left: what comes of it says nothing about a later one. */
export type Term = number;

const slowestPerSecond = 1 / 60;
const firstGuessPerSecond = 1;
/** Nobody needs to be held to a pace that is faster. */
const freePerSecond = 5000;
/** What is begun with, of what the provider seems to take. */
const cautious = 0.95;
const decrease = 0.85;
/** By this share of itself the pace rises in a second, and by twice as much after every ten seconds without a refusal. */
const increasePerSecond = 0.005;
const mostIncreasePerSecond = 0.5;
/** Who has not been asked for so long may take any number by now: it is asked as if nothing had ever been. */
const forgottenAfterMs = 30 * millisecondsInMinute;
const estimateOverMs = [millisecondsInSecond, 10 * millisecondsInSecond, millisecondsInMinute] as const;

/**
 * How fast a provider is asked. Without limit, until it says that it is busy: then not at all for as long as it asks,
 * and afterwards as fast as it took messages before, evenly. The pace rises slowly (additive increase) and falls with
 * each refusal (multiplicative decrease), so that it stays near what the provider takes, whatever that is.
 */
export class Pace {
  readonly #options: PaceOptions;
  readonly #mostPerSecond: number;
  readonly #taken: RecentCount;
  #perSecond: number;
  #tokens = 1;
  #filledAtMs: number;
  #pausedUntilMs = 0;
  #refusedAtMs = 0;
  #refusalsInARow = 0;
  #term: Term = 0;

  constructor(options: PaceOptions) {
    this.#options = options;
    this.#mostPerSecond = options.ratePerSecond ?? Number.POSITIVE_INFINITY;
    this.#perSecond = this.#mostPerSecond;
    this.#filledAtMs = options.clock.now();
    this.#refusedAtMs = this.#filledAtMs;
    this.#taken = new RecentCount(options.clock);
  }

  /** How many messages may leave now: any number, some, or none. */
  get permits(): number {
    const nowMs = this.#options.clock.now();
    if (nowMs < this.#pausedUntilMs) return 0;
    this.#fill(nowMs);
    return this.#perSecond === Number.POSITIVE_INFINITY ? this.#perSecond : Math.floor(this.#tokens);
  }

  /** From when on there are some: a tenth of a second's worth at once, so that not every message needs a timer. */
  get readyAtMs(): number {
    const nowMs = this.#options.clock.now();
    if (nowMs < this.#pausedUntilMs) return this.#pausedUntilMs;
    const missing = this.permits >= 1 ? 0 : this.#burst - this.#tokens;
    return nowMs + Math.ceil((missing / this.#perSecond) * millisecondsInSecond);
  }

  /** A message leaves. */
  take(): Term {
    if (this.#tokens >= 1) this.#tokens--;
    return this.#term;
  }

  /** The provider took one. */
  took(): void {
    this.#taken.add();
    this.#refusalsInARow = 0;
  }

  /**
   * The provider is busy.
   * @param askedMs How long it asks us to wait; what is no time to wait is not heeded.
   * @returns when the pause ends.
   */
  refused(term: Term, askedMs: number | undefined): number {
    const nowMs = this.#options.clock.now();
    const asked = askedMs !== undefined && askedMs > 0 ? Math.ceil(askedMs) : 0;
    if (term === this.#term) {
      const pauseMs = this.#pauseMs(asked);
      this.#slowDown(pauseMs);
      this.#pausedUntilMs = nowMs + pauseMs;
      this.#refusedAtMs = nowMs;
      this.#term++;
    }
    const longestMs = Math.min(asked, this.#options.longestPauseMs);
    this.#pausedUntilMs = Math.max(this.#pausedUntilMs, nowMs + longestMs);
    this.#filledAtMs = this.#pausedUntilMs;
    this.#tokens = Math.min(1, this.#burst);
    return this.#pausedUntilMs;
  }

  /** Longer with each refusal behind which nothing got through, and with jitter: many wait for the same provider. */
  #pauseMs(asked: number): number {
    const backOffMs = Math.min(millisecondsInMinute, millisecondsInSecond * 2 ** this.#refusalsInARow++);
    const isEnough = asked > 0 && this.#refusalsInARow === 1;
    const pauseMs = isEnough ? asked : Math.max(asked, backOffMs);
    const jitterMs = this.#options.random.next() * Math.min(pauseMs / 10, millisecondsInSecond);
    return Math.ceil(Math.min(pauseMs, this.#options.longestPauseMs) + jitterMs);
  }

  #slowDown(pauseMs: number): void {
    const seen = this.#estimate(pauseMs) * cautious;
    const isFirst = !Number.isFinite(this.#perSecond);
    // Who refuses the first few may only be busy with something else: that says little of what it takes.
    const perSecond = isFirst ? Math.max(firstGuessPerSecond, seen) : this.#slower(seen);
    this.#perSecond = Math.min(this.#mostPerSecond, Math.max(slowestPerSecond, perSecond));
  }

  /** A little, and more where much less got through. */
  #slower(seen: number): number {
    return Math.max(this.#perSecond / 2, Math.min(this.#perSecond * decrease, seen));
  }

  /** What it took before it refused, over the time until it takes some again. */
  #estimate(pauseMs: number): number {
    const perMs = estimateOverMs.map((overMs) => this.#taken.within(overMs) / Math.max(overMs, pauseMs));
    return Math.max(...perMs) * millisecondsInSecond;
  }

  get #burst(): number {
    return Math.max(1, this.#perSecond / 10);
  }

  #fill(nowMs: number): void {
    const seconds = Math.max(0, nowMs - this.#filledAtMs) / millisecondsInSecond;
    if (seconds === 0) return;
    if (nowMs - this.#filledAtMs >= forgottenAfterMs) this.#perSecond = this.#mostPerSecond;
    this.#filledAtMs = nowMs;
    this.#tokens = Math.min(this.#burst, this.#tokens + seconds * this.#perSecond);
    const calmTens = (nowMs - this.#refusedAtMs) / (10 * millisecondsInSecond);
    const increase = Math.min(mostIncreasePerSecond, increasePerSecond * 2 ** calmTens);
    // However long nothing was asked, no more than a second's increase is due to it, until it is forgotten.
    const perSecond = this.#perSecond * (1 + increase * Math.min(1, seconds));
    const isFree = perSecond > freePerSecond && this.#mostPerSecond === Number.POSITIVE_INFINITY;
    this.#perSecond = isFree ? Number.POSITIVE_INFINITY : Math.min(this.#mostPerSecond, perSecond);
  }
}
