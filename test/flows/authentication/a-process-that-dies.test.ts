import { expect, test } from 'vitest';
import { amissWhenDying } from '../a-life.ts';
import { mortalService, shortSample } from './dying.ts';

test('whichever step it dies at, the end is the same: no session, mail or lock twice, no token used twice', async () => {
  const { steps, end, amiss } = await amissWhenDying(mortalService(await shortSample()));

  expect(steps).toBeGreaterThan(200);
  expect(end).toContain('"locks":1');
  expect(end).toContain('impossible_travel');
  expect(amiss).toEqual([]);
}, 300_000);
