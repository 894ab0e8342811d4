import { expect, test } from 'vitest';
import { KeptStates } from '../../src/bus/kept-states.ts';
import { RecentIds } from '../../src/bus/recent-ids.ts';
import { createIds, Queue, seededRandom, VirtualClock } from '../../src/kernel/index.ts';
import { idsOf, recorder } from '../support/bus.ts';
import { inMemoryHarness } from '../support/in-memory-bus.ts';
import { bytesOfEach } from '../support/memory.ts';

test('an id is new once, for as long as it is remembered', () => {
  const ids = new RecentIds(2);

  expect(['a', 'a', 'b', 'a'].map((id) => ids.add(id))).toEqual([true, false, true, false]);
  expect(ids.add('c')).toBe(true);
  expect(['b', 'c'].map((id) => ids.add(id))).toEqual([false, false]);
  expect(ids.add('a')).toBe(true);
});

// The time-out is the claim: a walk over what was forgotten took half a minute.
test('remembering costs the same however much was forgotten', { timeout: 5_000 }, () => {
  const ids = new RecentIds(100_000);

  for (let count = 0; count < 400_000; count++) ids.add(`message-${count}`);

  expect(ids.add('message-300000')).toBe(false);
  expect(ids.add('message-299999')).toBe(true);
});

test('a queue gives back everything in order, however it is filled and emptied', () => {
  const queue = new Queue<number>();
  const taken: (number | undefined)[] = [];
  let next = 0;

  for (let round = 0; round < 100; round++) {
    for (let count = 0; count < round % 7; count++) queue.push(next++);
    for (let count = 0; count < round % 5; count++) if (!queue.isEmpty) taken.push(queue.shift());
  }
  while (!queue.isEmpty) taken.push(queue.shift());

  expect(taken).toEqual(Array.from({ length: next }, (_, index) => index));
  expect(queue.shift()).toBeUndefined();
});

test('a repetition is recognised among the ids that are remembered, and no further', async () => {
  const { bus, make } = await inMemoryHarness({ remembered: 2 });
  const subscriber = recorder('any');
  bus.subscribe(subscriber);
  const [kim, lee, mia] = [make.registered('kim'), make.registered('lee'), make.registered('mia')];

  for (const message of [kim, lee, lee, kim, mia, kim]) {
    await bus.publish([message]);
    await bus.settle();
  }

  expect(idsOf(subscriber.handled)).toEqual(idsOf([kim, lee, mia, kim]));
});

test('only the latest dead letters are kept', async () => {
  const { bus, make } = await inMemoryHarness({ deadLetterCapacity: 2 });
  bus.subscribe(recorder('broken', '*', () => Promise.reject(new Error('never'))));
  const messages = ['kim', 'kim', 'kim', 'kim', 'kim'].map(make.registered);

  await bus.publish(messages);
  await bus.settle();

  expect((await bus.deadLetters()).map(({ messageId }) => messageId)).toEqual(idsOf(messages.slice(-2)));
});

test('a thousand dead letters are kept when nothing else is said', async () => {
  const { bus, make } = await inMemoryHarness();
  bus.subscribe(recorder('broken', '*', () => Promise.reject(new Error('never'))));

  await bus.publish(Array.from({ length: 2500 }, () => make.registered('kim')));
  await bus.settle();

  expect(await bus.deadLetters()).toHaveLength(1000);
});

test('an id that is remembered takes less than half of what its text takes', () => {
  const ids = createIds(new VirtualClock(0), seededRandom(1));

  const bytes = bytesOfEach(100_000, () => {
    const recent = new RecentIds(100_000);
    for (let count = 0; count < 100_000; count++) recent.add(ids.next());
    return recent;
  });

  expect(bytes).toBeLessThan(36);
});

// Each had a hidden class of its own, which took twice as much as all else.
test('what is kept under a key takes little beside the key', () => {
  const bytes = bytesOfEach(50_000, () => {
    const states = new KeptStates();
    for (let count = 0; count < 50_000; count++) {
      const key = `ride ${count}`;
      states.load('deduplicate', key);
      states.apply('deduplicate', [{ key, value: true, version: 0 }]);
      states.letGo('deduplicate', key);
    }
    return states;
  });

  expect(bytes).toBeLessThan(250);
});
