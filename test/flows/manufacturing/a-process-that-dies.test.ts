import { expect, test } from 'vitest';
import { amissWhenDying, shortRows } from './dying.ts';

test('whichever step it dies at, the end is the same, and nothing is counted or adjusted twice', async () => {
  const { steps, end, amiss } = await amissWhenDying(shortRows());

  expect(steps).toBeGreaterThan(300);
  expect(end).toContain('"shutdowns":1');
  expect(amiss).toEqual([]);
}, 300_000);
