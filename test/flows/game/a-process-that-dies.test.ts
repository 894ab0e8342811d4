import { expect, test } from 'vitest';
import { sampleRows } from './a-wood.ts';
import { amissWhenDying, shortRows } from './dying.ts';

test('a process that dies comes to the same end when another goes on, and nobody is given anything twice', async () => {
  const { steps, end, amiss } = await amissWhenDying(await shortRows(), { every: 61, from: 7 });

  expect(steps).toBeGreaterThan(300);
  expect(end).toContain('["nut",70]');
  expect(amiss).toEqual([]);
});

test('the same with the whole sample', async () => {
  const { amiss } = await amissWhenDying(await sampleRows(), { every: 307, from: 101 });

  expect(amiss).toEqual([]);
});
