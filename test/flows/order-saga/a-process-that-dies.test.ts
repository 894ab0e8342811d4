import { expect, test } from 'vitest';
import { amissWhenDying } from './dying.ts';

test('whichever step it dies at, the end is the same when another goes on, and nobody is charged twice', async () => {
  const { steps, amiss } = await amissWhenDying();

  expect(steps).toBeGreaterThan(200);
  expect(amiss).toEqual([]);
}, 300_000);
