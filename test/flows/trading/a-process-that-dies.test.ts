import { expect, test } from 'vitest';
import { amissWhenDying } from '../a-life.ts';
import { sampleRows } from './an-exchange.ts';
import { mortalExchange } from './dying.ts';

test('a process that dies comes to the same end when another goes on, and nothing is traded or settled twice', async () => {
  const { steps, end, amiss } = await amissWhenDying(mortalExchange(await sampleRows()), {
    every: 23,
    from: 3,
  });

  expect(steps).toBeGreaterThan(200);
  expect(end).toContain('["t5/2",1]');
  expect(amiss).toEqual([]);
});
