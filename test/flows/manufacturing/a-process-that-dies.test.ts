import { expect, test } from 'vitest';
import { amissWhenDying, shortRows } from './dying.ts';

test('a process that dies comes to the same end when another goes on, and nothing is counted or adjusted twice', async () => {
  const { steps, end, amiss } = await amissWhenDying(shortRows(), { every: 41, from: 7 });

  expect(steps).toBeGreaterThan(300);
  expect(end).toContain('"shutdowns":1');
  expect(amiss).toEqual([]);
});
