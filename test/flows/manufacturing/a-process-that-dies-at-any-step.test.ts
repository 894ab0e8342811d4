import { expect, test } from 'vitest';
import { amissWhenDying, shortRows } from './dying.ts';

const parts = 4;

/** In parts, each of which a slow machine can do in its time. */
test.each(Array.from({ length: parts }, (_, index) => index + 1))(
  'whichever step it dies at, the end is the same, and nothing is counted or adjusted twice (part %i)',
  async (from) => {
    const { amiss } = await amissWhenDying(shortRows(), { every: parts, from });

    expect(amiss).toEqual([]);
  },
  600_000,
);
