import { expect, test } from 'vitest';
import { amissWhenDying } from './dying.ts';

test('whichever step it dies at, the end is the same, and nobody is charged twice', async () => {
  const { amiss } = await amissWhenDying({ every: 1 });

  expect(amiss).toEqual([]);
}, 600_000);
