import { expect, test } from 'vitest';
import { amissWhenDying } from '../a-life.ts';
import { sampleRows } from './an-exchange.ts';
import { mortalExchange } from './dying.ts';

test('whichever step it dies at, the end is the same, and nothing is traded or settled twice', async () => {
  const { amiss } = await amissWhenDying(mortalExchange(await sampleRows()), { every: 1 });

  expect(amiss).toEqual([]);
}, 600_000);
