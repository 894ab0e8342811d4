import { expect, test } from 'vitest';
import { seededRandom } from '../../src/kernel/index.ts';
import { brokenPromises } from './random-kills/soak-processes.ts';
import { storm } from './random-kills/storm.ts';

const seed = 13;

/** Many more are `npm run soak -- --processes`. */
test.each([1, 2, 4])(
  `processes of %i consumers are killed at random moments (seed ${seed}): none is untold, and what is told again has the same key`,
  async (workers) => {
    const judgement = await storm({ workers, kills: 4, random: seededRandom(seed + workers) });

    expect(judgement.accidents.flatMap(({ victims }) => victims)).toHaveLength(4);
    expect(judgement.promised).toBeGreaterThan(30);
    expect(brokenPromises(judgement)).toEqual([]);
  },
  300_000,
);
