import { expect, test } from 'vitest';
import { GrowingDelay, VirtualClock } from '../../src/kernel/index.ts';

function aDelay() {
  const clock = new VirtualClock(1_000_000);
  const delay = new GrowingDelay(clock);
  const pass = (ms: number): Promise<void> => clock.advanceTo(clock.now() + ms, async () => {});
  return { delay, pass };
}

test('what keeps failing is tried after twice as long each time, up to the longest', async () => {
  const { delay, pass } = aDelay();
  const delaysMs: number[] = [];
  for (let failure = 0; failure < 8; failure++) {
    const delayMs = delay.next();
    delaysMs.push(delayMs);
    await pass(delayMs);
  }

  expect(delaysMs).toEqual([250, 500, 1000, 2000, 4000, 5000, 5000, 5000]);
});

test('several that fail before it is tried again are one failure', async () => {
  const { delay, pass } = aDelay();
  expect([delay.next(), delay.next()]).toEqual([250, 250]);
  await pass(249);
  expect(delay.next()).toBe(250);
  await pass(1);
  expect([delay.next(), delay.next()]).toEqual([500, 500]);
});

test('what has worked for as long again begins anew', async () => {
  const { delay, pass } = aDelay();
  for (let failure = 0; failure < 4; failure++) await pass(delay.next());
  await pass(2001);

  expect(delay.next()).toBe(250);
});

test('a try that takes its time is no sign that it works', async () => {
  const { delay, pass } = aDelay();
  await pass(delay.next() + 250);

  expect(delay.next()).toBe(500);
});
