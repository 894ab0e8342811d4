import { expect, test } from 'vitest';
import { onceMore } from '../../src/kernel/index.ts';

interface Run {
  resolve(): void;
  reject(reason: Error): void;
}

/** Work that ends when it is told to, each time that it has begun. */
function work() {
  const runs: Run[] = [];
  const ask = onceMore(() => new Promise<void>((resolve, reject) => runs.push({ resolve, reject })));
  return { runs, ask };
}

test('whoever asks while it runs is answered by one run more, which begins behind it', async () => {
  const { runs, ask } = work();
  const first = ask();
  const later = [ask(), ask(), ask()];
  expect(runs).toHaveLength(1);

  runs[0]?.resolve();
  await first;
  await Promise.resolve();
  expect(runs).toHaveLength(2);

  runs[1]?.resolve();
  await Promise.all(later);
  expect(runs).toHaveLength(2);
});

test('what is asked while the run behind it goes on is not answered by that one', async () => {
  const { runs, ask } = work();
  const first = ask();
  const second = ask();
  runs[0]?.resolve();
  await first;
  await Promise.resolve();

  const third = ask();
  runs[1]?.resolve();
  await second;
  await Promise.resolve();

  expect(runs).toHaveLength(3);
  runs[2]?.resolve();
  await third;
});

test('a run that fails tells those who asked for it, and the one behind it is run', async () => {
  const { runs, ask } = work();
  const first = ask();
  const second = ask();

  runs[0]?.reject(new Error('broken'));
  await expect(first).rejects.toThrow('broken');
  await Promise.resolve();
  runs[1]?.resolve();

  await expect(second).resolves.toBeUndefined();
});
