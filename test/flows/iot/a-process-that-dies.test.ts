import { expect, test } from 'vitest';
import { sampleRows, shortRows } from './a-greenhouse.ts';
import { amissWhenDying } from './dying.ts';

test('a process that dies comes to the same end when another goes on, and nothing is counted or stored twice', async () => {
  const { steps, amiss } = await amissWhenDying(await shortRows(), { every: 97, from: 7 });

  expect(steps).toBeGreaterThan(500);
  expect(amiss).toEqual([]);
});

test('the same with the whole sample', async () => {
  const { amiss } = await amissWhenDying(await sampleRows(), { every: 1999, from: 501 });

  expect(amiss).toEqual([]);
});
