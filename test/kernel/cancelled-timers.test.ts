import { expect, test } from 'vitest';
import { VirtualClock } from '../../src/kernel/index.ts';
import { bytesOfEach } from '../support/memory.ts';

/** Long after all that is asked here. */
const farMs = 1_000_000;
const nothing = (): void => {};

/** What is left in memory of each of so many that are cancelled as soon as they are set, beside some that stay. */
function bytesOfCancelled(count: number, staying: number): number {
  return bytesOfEach(count, () => {
    const clock = new VirtualClock(0);
    for (let index = 0; index < staying; index++) clock.schedule(farMs + index, nothing);
    for (let index = 0; index < count; index++) clock.schedule(farMs - index, nothing)();
    return clock;
  });
}

// What is not dropped takes some sixty bytes.
test('of timers that are set and cancelled, far before their time, nothing is left but a thousand', () => {
  expect(bytesOfCancelled(190_000, 0)).toBeLessThan(4);
});

test('beside many that stay, no more are left than those', () => {
  const staying = 20_000;
  const all = bytesOfEach(staying, () => {
    const clock = new VirtualClock(0);
    for (let index = 0; index < staying; index++) clock.schedule(farMs + index, nothing);
    return clock;
  });

  // Those that stay, as many that are cancelled, and the room that a list has for more.
  expect(bytesOfCancelled(400_000, staying) * 400_000).toBeLessThan(3 * all * staying);
});

test('of those that are left, none fires, and what is set among them does, in its order', async () => {
  const clock = new VirtualClock(0);
  const fired: number[] = [];
  for (let index = 0; index < 5000; index++) {
    clock.schedule(index, () => fired.push(-1))();
    if (index % 1000 === 999) clock.schedule(5000 - index, () => fired.push(index));
  }

  await clock.advanceTo(5000, async () => {});

  expect(fired).toEqual([4999, 3999, 2999, 1999, 999]);
  expect(clock.nextDueMs()).toBeUndefined();
});
