import { expect, test } from 'vitest';
import { amissWhenDying } from '../a-life.ts';
import { mortalService, shortSample } from './dying.ts';

test('a process that dies comes to the same end when another goes on: no session, mail or lock twice', async () => {
  const { steps, end, amiss } = await amissWhenDying(mortalService(await shortSample()), {
    every: 311,
    from: 3,
  });

  expect(steps).toBeGreaterThan(100);
  expect(end).toContain('"locks":1');
  expect(end).toContain('impossible_travel');
  expect(amiss).toEqual([]);
});
