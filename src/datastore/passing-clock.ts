import type { Clock } from '../kernel/index.ts';

/** The same clock, read by the time that has passed, where it can say that: no setting of the wall changes it. */
export function passingClock(clock: Clock): Clock {
  const { monotonicMs, after } = clock;
  if (monotonicMs === undefined || after === undefined) return clock;
  const now = (): number => monotonicMs.call(clock);
  return { now, schedule: (atMs, run) => after.call(clock, atMs - now(), run) };
}
