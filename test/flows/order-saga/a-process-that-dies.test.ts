import { expect, test } from 'vitest';
import { amissWhenDying } from './dying.ts';

test('a process that dies comes to the same end when another goes on, and nobody is charged twice', async () => {
  const { steps, amiss } = await amissWhenDying({ every: 41 });

  expect(steps).toBeGreaterThan(200);
  expect(amiss).toEqual([]);
});
