import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { systemClock } from '../../src/kernel/index.ts';

const startMs = Date.parse('2026-03-02T10:00:00Z');
const dayMs = 24 * 60 * 60 * 1000;

beforeEach(() => void vi.useFakeTimers({ now: startMs }));
afterEach(() => void vi.useRealTimers());

test('the system clock tells the time of the machine', () => {
  expect(systemClock().now()).toBe(startMs);
});

test('a timer fires once, when its time has come', () => {
  const clock = systemClock();
  const firedAtMs: number[] = [];
  clock.schedule(startMs + 5000, () => firedAtMs.push(clock.now()));

  vi.advanceTimersByTime(4999);
  expect(firedAtMs).toEqual([]);

  vi.advanceTimersByTime(dayMs);
  expect(firedAtMs).toEqual([startMs + 5000]);
});

test('a time already past fires on the next turn, never inside schedule', () => {
  let hasFired = false;
  systemClock().schedule(startMs - 5000, () => {
    hasFired = true;
  });
  expect(hasFired).toBe(false);

  vi.advanceTimersByTime(1);

  expect(hasFired).toBe(true);
});

test('a cancelled timer does not fire', () => {
  let hasFired = false;
  const cancel = systemClock().schedule(startMs + 5000, () => {
    hasFired = true;
  });

  cancel();
  vi.advanceTimersByTime(dayMs);

  expect(hasFired).toBe(false);
});

test('a timer of sixty days waits them all, though Node holds none longer than 24.8', () => {
  const clock = systemClock();
  const firedAtMs: number[] = [];
  clock.schedule(startMs + 60 * dayMs, () => firedAtMs.push(clock.now()));

  vi.advanceTimersByTime(60 * dayMs - 1);
  expect(firedAtMs).toEqual([]);

  vi.advanceTimersByTime(1);
  expect(firedAtMs).toEqual([startMs + 60 * dayMs]);
});

test('a long timer can still be cancelled after its first piece', () => {
  let hasFired = false;
  const cancel = systemClock().schedule(startMs + 60 * dayMs, () => {
    hasFired = true;
  });

  vi.advanceTimersByTime(30 * dayMs);
  cancel();
  vi.advanceTimersByTime(60 * dayMs);

  expect(hasFired).toBe(false);
});
