import { expect, test } from 'vitest';
import { amissWhenDying } from '../a-life.ts';
import { sampleRows } from './a-school.ts';
import { mortalSchool } from './dying.ts';

test('a process that dies comes to the same end when another goes on: points once, certificates once', async () => {
  const { steps, end, amiss } = await amissWhenDying(mortalSchool(await sampleRows()), {
    every: 29,
    from: 4,
  });

  expect(steps).toBeGreaterThan(200);
  expect(end).toContain('"points":110');
  expect(amiss.map((words) => words.slice(0, 400))).toEqual([]);
});
