import { expect, test } from 'vitest';
import { amissWhenDying } from './dying.ts';

test('whichever step it dies at, the end is the same, and nobody is told or punished twice', async () => {
  const { steps, end, amiss } = await amissWhenDying();

  expect(steps).toBeGreaterThan(300);
  expect(end).toContain('Your text p4 is back');
  expect(amiss).toEqual([]);
}, 300_000);
