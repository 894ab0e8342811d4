import type { Clock } from './clock.ts';

/**
 * The same clock without its steps, for whatever lasts: it begins with what the wall clock says and moves on with the
 * time that passes, whether the wall clock is set back, set forward, or stands still while the machine sleeps.
 * Of a clock without a monotonic reading it knows what its timers tell: it never goes back, and a timer that rings
 * proves that its time has passed.
 */
export function steadyClock(clock: Clock): Clock {
  const { monotonicMs, after } = clock;
  if (monotonicMs !== undefined && after !== undefined) {
    const skewMs = clock.now() - monotonicMs.call(clock);
    const now = (): number => monotonicMs.call(clock) + skewMs;
    return { now, schedule: (atMs, run) => after.call(clock, atMs - now(), run) };
  }
  let wallMs = clock.now();
  let steadyMs = wallMs;
  const read = (leastMs = steadyMs): number => {
    const readMs = clock.now();
    steadyMs = Math.max(steadyMs + Math.max(0, readMs - wallMs), leastMs);
    wallMs = readMs;
    return steadyMs;
  };
  return {
    now: () => read(),
    schedule(atMs, run) {
      const delayMs = Math.max(0, atMs - read());
      return clock.schedule(clock.now() + delayMs, () => {
        read(atMs);
        run();
      });
    },
  };
}
