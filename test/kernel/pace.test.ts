import { expect, it } from 'vitest';
import { seededRandom, VirtualClock } from '../../src/kernel/index.ts';
import { Pace } from '../../src/kernel/pace.ts';

const minuteMs = 60_000;

function slowed(ratePerSecond?: number) {
  const clock = new VirtualClock(0);
  const pace = new Pace({ clock, random: seededRandom(1), longestPauseMs: minuteMs, ratePerSecond });
  pace.refused(pace.take(), 1000);
  return { pace, advanceTo: (atMs: number) => clock.advanceTo(atMs, async () => {}) };
}

it('a provider that was busy is asked slowly, and after half an hour without a question as if it had never been', async () => {
  const { pace, advanceTo } = slowed();

  await advanceTo(29 * minuteMs);
  expect(pace.permits).toBe(1);
  await advanceTo(29 * minuteMs + 30 * minuteMs);

  expect(pace.permits).toBe(Number.POSITIVE_INFINITY);
});

it('a pace that was set is never exceeded, however long nothing was asked', async () => {
  const { pace, advanceTo } = slowed(20);

  await advanceTo(24 * 60 * minuteMs);

  expect(pace.permits).toBeLessThanOrEqual(2);
});
