import { policy } from './policy.ts';

/** How often somebody was wrong, and until when nobody is asked. Times are milliseconds since the epoch. */
export interface Lane {
  /** Of the failures that count still. */
  readonly failedAtMs: readonly number[];
  readonly lockedUntilMs: number;
  /** Locks one after the other, without a success between them. */
  readonly locks: number;
}

export const newLane: Lane = { failedAtMs: [], lockedUntilMs: 0, locks: 0 };

export const isLocked = ({ lockedUntilMs }: Lane, nowMs: number): boolean => nowMs < lockedUntilMs;

/** One more failure: the fifth within a quarter of an hour locks, for a minute, and then for twice as long each time. */
export function withFailure(lane: Lane, nowMs: number): Lane {
  const { failures, withinMs, firstMs, longestMs, forgottenAfterMs } = policy.lock;
  const failedAtMs = [...lane.failedAtMs.filter((atMs) => nowMs - atMs < withinMs), nowMs];
  if (failedAtMs.length < failures) return { ...lane, failedAtMs };
  const before = nowMs - lane.lockedUntilMs < forgottenAfterMs ? lane.locks : 0;
  const lockedMs = Math.min(firstMs * 2 ** Math.min(before, 30), longestMs);
  return { failedAtMs: [], lockedUntilMs: nowMs + lockedMs, locks: before + 1 };
}
