import { expect, test } from 'vitest';
import { shortRows } from './a-greenhouse.ts';
import { amissWhenDying } from './dying.ts';

/** Each tenth step: all of them take a quarter of an hour. */
test('whichever tenth step it dies at, the end is the same, and nothing is counted or stored twice', async () => {
  const { amiss, end } = await amissWhenDying(await shortRows(), { every: 10, from: 3 });

  // There is something to lose.
  for (const word of ['"AlertRaised","kind":"too_warm"', '"SensorSilent"', '"too_late":1', '"duplicate":1'])
    expect(end).toContain(word);
  expect(amiss).toEqual([]);
}, 600_000);
