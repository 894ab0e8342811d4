import { expect, test } from 'vitest';
import { amissWhenDying } from '../a-life.ts';
import { sampleRows } from './a-practice.ts';
import { mortalPractice } from './dying.ts';

test('whichever step it dies at, the end is the same: each slot once, each mail once', async () => {
  const { steps, end, amiss } = await amissWhenDying(mortalPractice(await sampleRows()));

  expect(steps).toBeGreaterThan(200);
  expect(end).toContain('reminder 2026-03-09T09:30/2 hours');
  expect(amiss).toEqual([]);
}, 300_000);
