import { describe, expect, it } from 'vitest';
import { optionsOf, variants } from '../../src/lab/comparison/measure/variants.ts';
import { createWorld } from '../../src/shop/world.ts';
import { playStory } from './play-story.ts';
import { stories } from './stories.ts';

describe.each(variants)('$architecture ($handOver), whose callers wait for nothing', (variant) => {
  it.each(stories.filter(({ steps }) => steps.length > 1))('$title', async (story) => {
    const { inTheEnd } = await playStory(
      ({ startMs }) => createWorld({ startMs, ...optionsOf(variant) }),
      story,
      { isHasty: true },
    );

    expect(inTheEnd).toEqual([...(story.inTheEnd ?? story.expected)].sort());
  });
});
