import { expect, test } from 'vitest';
import { amissWhenDying } from '../a-life.ts';
import { sampleRows } from './a-practice.ts';
import { mortalPractice } from './dying.ts';

test('whichever step it dies at, the end is the same: each slot once, each mail once', async () => {
  const { amiss } = await amissWhenDying(mortalPractice(await sampleRows()), { every: 1 });

  expect(amiss).toEqual([]);
}, 600_000);
