import { expect, test } from 'vitest';
import { KeyedExecutor } from '../../src/bus/keyed-executor.ts';
import { closedGate, manyTurns } from '../support/bus.ts';

interface Item {
  readonly subject: string;
  readonly name: string;
}

/** KeyedExecutor whose handlers wait for their gates, and what happened in them. */
function withGates(concurrency: number) {
  const diary: string[] = [];
  const gates = new Map<string, ReturnType<typeof closedGate>>();
  const executor: KeyedExecutor<Item> = new KeyedExecutor({
    concurrency,
    async handle({ name }) {
      const gate = closedGate();
      gates.set(name, gate);
      diary.push(`${name} begins`);
      await gate.opened;
    },
    onKeyIdle: (subject) => void diary.push(`${subject} ends`),
    onRoom: () => void diary.push('room'),
  });
  const put = (...names: string[]): void => {
    for (const name of names) executor.put({ name, subject: name.charAt(0) });
  };
  return { executor, diary, put, open: (name: string) => gates.get(name)?.open() };
}

test('there is room once all that arrived is in hand or waits in its queue', async () => {
  const { executor, diary, put } = withGates(2);
  expect(executor.hasRoom).toBe(true);

  put('a1', 'a2', 'a3');
  expect(executor.hasRoom).toBe(false);
  await manyTurns();

  expect(diary).toEqual(['a1 begins', 'room']);
  expect({ waiting: executor.waiting, hasRoom: executor.hasRoom, isInHand: executor.has('a') }).toEqual({
    waiting: 2,
    hasRoom: true,
    isInHand: true,
  });
});

test('there is no room while as many subjects are in hand as may be', async () => {
  const { executor, diary, put, open } = withGates(2);

  put('a1', 'b1', 'c1');
  await manyTurns();
  expect(diary).toEqual(['a1 begins', 'b1 begins']);
  expect(executor.hasRoom).toBe(false);
  open('a1');
  await manyTurns();

  expect(diary.slice(2)).toEqual(['a ends', 'c1 begins']);
  expect(executor.hasRoom).toBe(false);
});

test('what has not begun is forgotten, also when its turn has come, and then all is idle', async () => {
  const { executor, diary, put, open } = withGates(2);
  put('a1', 'a2', 'b1', 'b2', 'c1');
  await manyTurns();

  open('a1');
  await Promise.resolve();
  await Promise.resolve();
  executor.clear();
  expect(executor.hasWaiting).toBe(false);
  expect(executor.isIdle).toBe(false);
  open('b1');
  await manyTurns();

  expect(diary).toEqual(['a1 begins', 'b1 begins', 'a ends', 'b ends', 'room']);
  expect(executor.isIdle).toBe(true);
  expect(executor.waiting).toBe(0);
});
