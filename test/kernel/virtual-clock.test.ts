import fc from 'fast-check';
import { expect, test } from 'vitest';
import { VirtualClock } from '../../src/kernel/index.ts';

const nothingToSettle = async (): Promise<void> => {};

/** A clock at 1000 and a diary of what its timers did, and when. */
function openDiary() {
  const clock = new VirtualClock(1000);
  const diary: string[] = [];
  const write = (text: string) => (): void => void diary.push(`${text} at ${clock.now()}`);
  return { clock, diary, write };
}

test('the clock stands still until it is told to move', async () => {
  const clock = new VirtualClock(1000);
  expect(clock.now()).toBe(1000);

  await clock.advanceTo(5000, nothingToSettle);

  expect(clock.now()).toBe(5000);
});

test('timers fire in the order of their time, each at its own time', async () => {
  const { clock, diary, write } = openDiary();
  clock.schedule(3000, write('third'));
  clock.schedule(1500, write('first'));
  clock.schedule(2000, write('second'));

  await clock.advanceTo(9000, nothingToSettle);

  expect(diary).toEqual(['first at 1500', 'second at 2000', 'third at 3000']);
  expect(clock.now()).toBe(9000);
});

test('timers of the same time fire in the order of their scheduling', async () => {
  const { clock, diary, write } = openDiary();
  for (const text of ['a', 'b', 'c']) clock.schedule(2000, write(text));

  await clock.advanceTo(2000, nothingToSettle);

  expect(diary).toEqual(['a at 2000', 'b at 2000', 'c at 2000']);
});

test('a timer that is due later than the clock is moved stays', async () => {
  const { clock, diary, write } = openDiary();
  clock.schedule(2001, write('later'));

  await clock.advanceTo(2000, nothingToSettle);
  expect(diary).toEqual([]);
  expect(clock.nextDueMs()).toBe(2001);

  await clock.advanceTo(2001, nothingToSettle);
  expect(diary).toEqual(['later at 2001']);
  expect(clock.nextDueMs()).toBeUndefined();
});

test('a timer that is set while another fires takes its turn on the same way', async () => {
  const { clock, diary, write } = openDiary();
  clock.schedule(2000, () => {
    write('outer')();
    clock.schedule(2500, write('inner'));
    clock.schedule(2000, write('at once'));
    clock.schedule(9999, write('too late'));
  });
  clock.schedule(3000, write('last'));

  await clock.advanceTo(4000, nothingToSettle);

  expect(diary).toEqual(['outer at 2000', 'at once at 2000', 'inner at 2500', 'last at 3000']);
});

test('a time already past means now, and never turns the clock back', async () => {
  const { clock, diary, write } = openDiary();
  clock.schedule(10, write('late'));

  expect(clock.nextDueMs()).toBe(1000);
  await clock.advanceTo(500, nothingToSettle);
  expect(clock.now()).toBe(1000);
  await clock.advanceTo(1000, nothingToSettle);

  expect(diary).toEqual(['late at 1000']);
});

test('a cancelled timer does not fire, not even when it is cancelled by one of the same time', async () => {
  const { clock, diary, write } = openDiary();
  const cancelEarly = clock.schedule(1500, write('cancelled early'));
  clock.schedule(2000, () => cancelLate());
  const cancelLate = clock.schedule(2000, write('cancelled late'));
  clock.schedule(2500, write('stays'));

  cancelEarly();
  await clock.advanceTo(3000, nothingToSettle);
  cancelEarly();

  expect(diary).toEqual(['stays at 2500']);
});

test('what is cancelled is not what is due next', () => {
  const { clock, write } = openDiary();
  const cancel = clock.schedule(1500, write('cancelled'));
  clock.schedule(2000, write('stays'));
  expect(clock.nextDueMs()).toBe(1500);

  cancel();

  expect(clock.nextDueMs()).toBe(2000);
});

test('what a timer started is settled before the next one fires', async () => {
  const { clock, diary, write } = openDiary();
  let started: Promise<void> = Promise.resolve();
  clock.schedule(2000, () => {
    started = new Promise<void>((resolve) => setImmediate(resolve)).then(write('work of the first'));
  });
  clock.schedule(3000, write('second'));

  await clock.advanceTo(4000, () => started);

  expect(diary).toEqual(['work of the first at 2000', 'second at 3000']);
});

test('any set of timers fires completely, sorted by time and then by scheduling', async () => {
  const timesMs = fc.array(fc.integer({ min: 1000, max: 1010 }), { maxLength: 40 });

  await fc.assert(
    fc.asyncProperty(timesMs, async (atMs) => {
      const clock = new VirtualClock(1000);
      const fired: number[] = [];
      for (const [index, at] of atMs.entries()) clock.schedule(at, () => fired.push(index));

      await clock.advanceTo(1010, nothingToSettle);

      const stablySorted = [...atMs.keys()].sort((a, b) => (atMs[a] ?? 0) - (atMs[b] ?? 0));
      expect(fired).toEqual(stablySorted);
    }),
    { seed: 1 },
  );
});

test('of many timers those that are left fire, sorted, however many are cancelled', async () => {
  const { clock, diary } = openDiary();
  const cancels = Array.from({ length: 10_000 }, (_, index) =>
    clock.schedule(1001 + ((index * 7919) % 5000), () => void diary.push(String(clock.now()))),
  );
  for (const [index, cancel] of cancels.entries()) if (index % 10 > 0) cancel();

  await clock.advanceTo(6000, nothingToSettle);

  expect(diary).toHaveLength(1000);
  expect(diary).toEqual([...diary].sort((one, other) => Number(one) - Number(other)));
  expect(clock.nextDueMs()).toBeUndefined();
});

// The time-out is the claim: to look through all that are left for each that fires takes several times as long.
test('sixty thousand timers fire in no more than moments', async () => {
  const clock = new VirtualClock(0);
  let fired = 0;
  for (let index = 0; index < 60_000; index++) clock.schedule((index * 7919) % 60_000, () => fired++);

  await clock.advanceTo(60_000, nothingToSettle);

  expect(fired).toBe(60_000);
}, 5000);
