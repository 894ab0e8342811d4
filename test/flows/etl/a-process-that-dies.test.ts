import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { amissWhenDying } from './dying.ts';

const sample = readFileSync(new URL('../../../src/flows/etl/rides.csv', import.meta.url), 'utf8');

test('whichever step it dies at, no half of a file is left, and another comes to the same files, to the byte', async () => {
  const { steps, amiss } = await amissWhenDying(`${sample}10,2026-03-02 10:00,East,1.0,1.00\n`);

  expect(steps).toBeGreaterThan(200);
  expect(amiss).toEqual([]);
}, 300_000);
