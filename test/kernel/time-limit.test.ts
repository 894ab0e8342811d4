import { expect, test } from 'vitest';
import { steadyClock, timeLimit } from '../../src/kernel/index.ts';
import { SettableClock } from '../support/settable-clock.ts';

/** Half a minute, and how often it was said to be over. */
function halfAMinute() {
  const clock = new SettableClock(Date.parse('2026-03-02T10:00:00Z'));
  let ends = 0;
  const cancel = timeLimit(steadyClock(clock), 30_000, () => void ends++);
  return { clock, cancel, ends: () => ends };
}

test('it is over once, when the time has passed', () => {
  const { clock, ends } = halfAMinute();

  clock.passAtOnce(29_999);
  expect(ends()).toBe(0);
  clock.passAtOnce(1);
  expect(ends()).toBe(1);
  clock.passAtOnce(60_000);
  expect(ends()).toBe(1);
});

test.each([1, -1])('nothing changes when the clock on the wall is set by %i hours', (hours) => {
  const { clock, ends } = halfAMinute();

  clock.set(clock.now() + hours * 3_600_000);
  expect(ends()).toBe(0);
  clock.passAtOnce(30_000);
  expect(ends()).toBe(1);
});

test('a process that stood still has the whole time once more, to hear what has come meanwhile', () => {
  const { clock, ends } = halfAMinute();

  clock.passAtOnce(35_000);
  expect(ends()).toBe(0);
  clock.passAtOnce(29_999);
  expect(ends()).toBe(0);
  clock.passAtOnce(1);
  expect(ends()).toBe(1);
});

test('a timer that is late as timers are is no sign of that', () => {
  const { clock, ends } = halfAMinute();

  clock.passAtOnce(31_000);

  expect(ends()).toBe(1);
});

test('nobody waits for it any more, also when it has begun anew', () => {
  const [one, other] = [halfAMinute(), halfAMinute()];
  one.cancel();
  other.clock.passAtOnce(35_000);
  other.cancel();

  for (const { clock } of [one, other]) clock.passAtOnce(30_000);

  expect([one.ends(), other.ends()]).toEqual([0, 0]);
});
