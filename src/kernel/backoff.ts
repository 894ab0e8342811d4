import { millisecondsInMinute } from 'date-fns/constants';
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
  /**
   * How long to wait after the first failure, the second and so on, in milliseconds, in place of what grows: a fifth
   * more or less, by lot. After more failures than it has entries, the last one counts.
   */
  readonly delaysMs?: readonly number[];
}

export const defaultRetryPolicy: RetryPolicy = {
  maxAttempts: 3,
  initialDelayMs: 1000,
  backoffMultiplier: 2,
  maxDelayMs: millisecondsInMinute,
};

/**
 * How long to wait after attempt `attempt` has failed: anything from nothing to `initialDelayMs ×
 * backoffMultiplier^(attempt − 1)`, capped (full jitter), so that many that failed together do not come
 * back together. Where the policy has a schedule, that is followed. In whole milliseconds.
 */
export function retryDelayMs(policy: RetryPolicy, attempt: number, random: Random): number {
  const { initialDelayMs, backoffMultiplier, maxDelayMs, delaysMs, jitter = true } = policy;
  const delayMs = delaysMs?.[Math.min(attempt, delaysMs.length) - 1];
  if (delayMs !== undefined) return jitter ? Math.round(delayMs * (0.8 + 0.4 * random.next())) : delayMs;
  const longestMs = Math.floor(Math.min(maxDelayMs, initialDelayMs * backoffMultiplier ** (attempt - 1)));
  if (!jitter) return longestMs;
  return Math.floor(random.next() * (longestMs + 1));
}
