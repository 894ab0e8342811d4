import { expect, test } from 'vitest';
import { amissWhenDying } from '../a-life.ts';
import { sampleRows } from './a-practice.ts';
import { mortalPractice } from './dying.ts';

test('a process that dies comes to the same end when another goes on: each slot once, each mail once', async () => {
  const { steps, end, amiss } = await amissWhenDying(mortalPractice(await sampleRows()), {
    every: 37,
    from: 5,
  });

  expect(steps).toBeGreaterThan(200);
  expect(end).toContain('reminder 2026-03-09T09:30/2 hours');
  expect(amiss).toEqual([]);
});
