import { expect, test } from 'vitest';
import { Alarm, VirtualClock } from '../../src/kernel/index.ts';

/** An alarm, and the times at which it rang. */
function withAlarm() {
  const clock = new VirtualClock(0);
  const rings: number[] = [];
  const alarm = new Alarm(clock, () => void rings.push(clock.now()));
  return { clock, alarm, rings, advanceTo: (atMs: number) => clock.advanceTo(atMs, async () => {}) };
}

test('it rings once, at the earliest time that was asked for', async () => {
  const { alarm, rings, advanceTo } = withAlarm();
  for (const atMs of [300, 100, 200]) alarm.setFor(atMs);

  await advanceTo(1000);

  expect(rings).toEqual([100]);
});

test('it can be set again once it has rung', async () => {
  const { alarm, rings, advanceTo } = withAlarm();
  alarm.setFor(100);
  await advanceTo(100);
  alarm.setFor(300);

  await advanceTo(1000);

  expect(rings).toEqual([100, 300]);
});

test('switched off, it does not ring, until it is set again', async () => {
  const { alarm, rings, advanceTo } = withAlarm();
  alarm.setFor(100);
  alarm.off();
  await advanceTo(200);
  expect(rings).toEqual([]);
  alarm.setFor(300);

  await advanceTo(1000);

  expect(rings).toEqual([300]);
});
