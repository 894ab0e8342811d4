import { expect, test } from 'vitest';
import { sampleRows, shortRows } from './a-greenhouse.ts';
import { amissWhenDying } from './dying.ts';

test('whichever step it dies at, the end is the same, and nothing is counted or stored twice', async () => {
  const { steps, end, amiss } = await amissWhenDying(await shortRows());

  expect(steps).toBeGreaterThan(500);
  // There is something to lose.
  for (const word of ['"AlertRaised","kind":"too_warm"', '"SensorSilent"', '"too_late":1', '"duplicate":1'])
    expect(end).toContain(word);
  expect(amiss).toEqual([]);
}, 300_000);

test('the same with the whole sample', async () => {
  const { amiss } = await amissWhenDying(await sampleRows(), { every: 331, from: 101 });

  expect(amiss).toEqual([]);
});
