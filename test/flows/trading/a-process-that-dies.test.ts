import { expect, test } from 'vitest';
import { amissWhenDying } from '../a-life.ts';
import { sampleRows } from './an-exchange.ts';
import { mortalExchange } from './dying.ts';

test('whichever step it dies at, the end is the same, and nothing is traded or settled twice', async () => {
  const { steps, end, amiss } = await amissWhenDying(mortalExchange(await sampleRows()));

  expect(steps).toBeGreaterThan(200);
  expect(end).toContain('["t5/2",1]');
  expect(amiss).toEqual([]);
}, 300_000);
