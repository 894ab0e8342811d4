import { expect, test } from 'vitest';
import { createBatcher } from '../../src/kernel/index.ts';

/** A batcher that doubles numbers, and the batches that it was asked for. */
function openDoubler(options: { maxSize?: number } = {}) {
  const batches: number[][] = [];
  const double = createBatcher({
    ...options,
    async runMany(inputs: readonly number[]) {
      batches.push([...inputs]);
      return inputs.map((input) => input * 2);
    },
  });
  return { batches, double };
}

const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);

test('calls of one turn are answered by one run, each with its own answer', async () => {
  const { batches, double } = openDoubler();

  const answers = await Promise.all(upTo(100).map(double));

  expect(batches).toEqual([upTo(100)]);
  expect(answers).toEqual(upTo(100).map((number) => number * 2));
});

test('calls of different turns are answered by different runs', async () => {
  const { batches, double } = openDoubler();

  await double(1);
  await double(2);

  expect(batches).toEqual([[1], [2]]);
});

test('a batch is run when it is full, and the rest on the next turn', async () => {
  const { batches, double } = openDoubler({ maxSize: 2 });

  const answers = await Promise.all(upTo(5).map(double));

  expect(batches).toEqual([[1, 2], [3, 4], [5]]);
  expect(answers).toEqual([2, 4, 6, 8, 10]);
});

test('a batch of 256 is full when nothing else is said', async () => {
  const { batches, double } = openDoubler();

  await Promise.all(upTo(300).map(double));

  expect(batches.map(({ length }) => length)).toEqual([256, 44]);
});

test('a batch that is asked for while another runs does not wait for it', async () => {
  const answers: (() => void)[] = [];
  const ask = createBatcher({
    maxSize: 1,
    runMany: (inputs: readonly string[]) =>
      new Promise<readonly string[]>((resolve) => answers.push(() => resolve(inputs))),
  });

  const [first, second] = [ask('first'), ask('second')];
  answers[1]?.();
  expect(await second).toBe('second');
  answers[0]?.();

  expect(await first).toBe('first');
});

test('of a serial one, what is asked while a batch runs is one batch behind it, as far as it is not too long', async () => {
  const batches: number[][] = [];
  const answers: (() => void)[] = [];
  const ask = createBatcher({
    maxSize: 3,
    isSerial: true,
    runMany(inputs: readonly number[]) {
      batches.push([...inputs]);
      return new Promise<readonly number[]>((resolve) => answers.push(() => resolve(inputs)));
    },
  });

  const first = ask(1);
  await new Promise(setImmediate);
  const others = [2, 3, 4, 5].map(ask);
  await new Promise(setImmediate);
  expect(batches).toEqual([[1]]);
  answers.shift()?.();
  await first;
  await new Promise(setImmediate);
  expect(batches).toEqual([[1], [2, 3, 4]]);
  answers.shift()?.();
  await others[0];
  await new Promise(setImmediate);
  answers.shift()?.();

  expect(await Promise.all(others)).toEqual([2, 3, 4, 5]);
  expect(batches).toEqual([[1], [2, 3, 4], [5]]);
});

test.each([
  { how: 'rejects', throwIt: (error: Error) => Promise.reject(error) },
  {
    how: 'throws before it returns a promise',
    throwIt: (error: Error): never => {
      throw error;
    },
  },
])('a run that $how fails every one of its calls, and no other', async ({ throwIt }) => {
  const failure = new Error('no connection');
  const ask = createBatcher({
    runMany: (inputs: readonly string[]) =>
      inputs.includes('bad') ? throwIt(failure) : Promise.resolve(inputs),
  });

  const outcomes = await Promise.allSettled(['good', 'bad', 'ugly'].map(ask));

  expect(outcomes).toEqual(Array(3).fill({ status: 'rejected', reason: failure }));
  expect(await ask('later')).toBe('later');
});
