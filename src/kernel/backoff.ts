import type { Random } from './random.ts';

/** How often a thing that failed is tried, and how long it waits in between. */
export interface RetryPolicy {
  /** With the first one. Default 3. */
  readonly maxAttempts: number;
  /** The longest wait after the first failure. Default 1,000. */
  readonly initialDelayMs: number;
  /** What the longest wait grows by with each failure. Default 2. */
  readonly backoffMultiplier: number;
  /** No wait is longer. Default 60,000. */
  readonly maxDelayMs: number;
  /** Whether a wait is anything up to the longest, or the longest itself. Default true. */
  readonly jitter?: boolean;
}

export const defaultRetryPolicy: RetryPolicy = {
  maxAttempts: 3,
  initialDelayMs: 1000,
  backoffMultiplier: 2,
  maxDelayMs: 60_000,
};

/**
 * How long to wait after attempt `attempt` has failed: anything from nothing to `initialDelayMs ×
 * backoffMultiplier^(attempt − 1)`, capped (full jitter), so that many that failed together do not come
 * back together. In whole milliseconds.
 */
export function retryDelayMs(policy: RetryPolicy, attempt: number, random: Random): number {
  const { initialDelayMs, backoffMultiplier, maxDelayMs, jitter = true } = policy;
  const longestMs = Math.floor(Math.min(maxDelayMs, initialDelayMs * backoffMultiplier ** (attempt - 1)));
  if (!jitter) return longestMs;
  return Math.floor(random.next() * (longestMs + 1));
}
