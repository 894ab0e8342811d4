import { expect, test } from 'vitest';
import { sampleRows } from './a-wood.ts';
import { amissWhenDying, shortRows } from './dying.ts';

test('whichever step it dies at, the end is the same, and nobody is given anything twice', async () => {
  const { steps, end, amiss } = await amissWhenDying(await shortRows());

  expect(steps).toBeGreaterThan(300);
  expect(end).toContain('["nut",70]');
  expect(amiss).toEqual([]);
}, 300_000);

test('the same with the whole sample', async () => {
  const { amiss } = await amissWhenDying(await sampleRows(), { every: 83, from: 11 });

  expect(amiss).toEqual([]);
});
