import { expect, test } from 'vitest';
import { shortRows } from './a-greenhouse.ts';
import { amissWhenDying } from './dying.ts';

test('whichever step it dies at, the end is the same, and nothing is counted or stored twice', async () => {
  const { amiss, end } = await amissWhenDying(await shortRows(), { every: 1 });

  // There is something to lose.
  for (const word of ['"AlertRaised","kind":"too_warm"', '"SensorSilent"', '"too_late":1', '"duplicate":1'])
    expect(end).toContain(word);
  expect(amiss).toEqual([]);
}, 1_800_000);
