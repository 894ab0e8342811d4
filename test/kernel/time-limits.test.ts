import { expect, test } from 'vitest';
import { TimeLimits, VirtualClock } from '../../src/kernel/index.ts';
import { SettableClock } from '../support/settable-clock.ts';

/** Half a minute for each; which of them ran out of it. */
function halfAMinuteEach() {
  const clock = new SettableClock(Date.parse('2026-03-02T10:00:00Z'));
  const limits = new TimeLimits(clock, 30_000);
  const over: string[] = [];
  const begin = (name: string) => {
    const each = { overrun: () => void over.push(name) };
    limits.begin(each);
    return each;
  };
  return { clock, limits, over, begin };
}

test('each has its time from when it began, though one timer serves all', () => {
  const { clock, over, begin } = halfAMinuteEach();
  begin('first');
  clock.passAtOnce(500);
  begin('second');

  clock.passAtOnce(29_500);
  expect(over).toEqual(['first']);
  clock.passAtOnce(499);
  expect(over).toEqual(['first']);
  clock.passAtOnce(1);
  expect(over).toEqual(['first', 'second']);
});

test('what has ended is not over, and does not shorten the time of those behind it', () => {
  const { clock, limits, over, begin } = halfAMinuteEach();
  const first = begin('first');
  clock.passAtOnce(500);
  begin('second');
  limits.end(first);

  clock.passAtOnce(29_999);
  expect(over).toEqual([]);
  clock.passAtOnce(1);
  expect(over).toEqual(['second']);
});

test('where the process stood still, all have the whole time once more', () => {
  const { clock, over, begin } = halfAMinuteEach();
  begin('first');
  begin('second');

  clock.passAtOnce(35_000);
  expect(over).toEqual([]);
  clock.passAtOnce(30_000);
  expect(over).toEqual(['first', 'second']);
});

test('those whose time goes on are known, oldest first; where there are none, nothing waits on the clock', () => {
  const clock = new VirtualClock(0);
  const limits = new TimeLimits(clock, 30_000);
  const [first, second] = [{ overrun() {} }, { overrun() {} }];
  limits.begin(first);
  limits.begin(second);
  expect([...limits]).toEqual([first, second]);

  limits.end(first);
  expect([...limits]).toEqual([second]);
  limits.end(second);
  expect(clock.nextDueMs()).toBeUndefined();
});
