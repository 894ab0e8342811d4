import { expect, test } from 'vitest';
import { amissWhenDying } from './dying.ts';

test('a process that dies comes to the same end when another goes on, and nobody is told or punished twice', async () => {
  const { steps, end, amiss } = await amissWhenDying({ every: 41, from: 7 });

  expect(steps).toBeGreaterThan(300);
  expect(end).toContain('Your text p4 is back');
  expect(amiss).toEqual([]);
});
