import { expect, test } from 'vitest';
import { KeptRunning } from './kept-running.ts';

test('what cannot be started to begin with is not tried again and again', async () => {
  let tries = 0;
  const start = async () => {
    tries++;
    throw new Error('there is no such program');
  };

  const kept = new KeptRunning(start, () => {});

  await expect(kept.now).rejects.toThrow('there is no such program');
  expect(tries).toBe(1);
});
