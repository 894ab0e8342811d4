import { expect, test } from 'vitest';
import { amissWhenDying } from '../a-life.ts';
import { sampleRows } from './a-school.ts';
import { mortalSchool } from './dying.ts';

test('whichever step it dies at, the end is the same: points once, certificates once', async () => {
  const { steps, end, amiss } = await amissWhenDying(mortalSchool(await sampleRows()));

  expect(steps).toBeGreaterThan(200);
  expect(end).toContain('"points":110');
  expect(amiss.map((words) => words.slice(0, 400))).toEqual([]);
}, 300_000);
