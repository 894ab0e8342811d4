import { describe, expect, test } from 'vitest';
import { stories } from '../architectures/stories.ts';
import { crashEverywhere } from './support/crash-everywhere.ts';
import { storyTeller } from './support/crash-story.ts';

/**
 * The process dies before and after everything that it asks of the datastore, the bus and the providers; then
 * another one starts on what it left, is given the command that was never answered, and goes on to the end. At steps that leave
 * the same, the next process finds the same: one of them stands for the others (ADR 0132).
 */
const shop = { architecture: 'event-sourced', bus: 'durable' } as const;

const isFlood = ({ title }: { title: string }): boolean => title.startsWith('a flood');
const several = stories.filter((story) => story.steps.length > 1 && !isFlood(story));

describe('a process that dies at any step loses nothing and doubles nothing without need, when', () => {
  const tell = storyTeller(shop);

  test.each(stories.filter((story) => !isFlood(story)))('$title', async (story) => {
    const { lost, amiss } = await crashEverywhere(tell, story, { telling: true });

    expect({ lost, amiss }).toEqual({ lost: [], amiss: [] });
  });

  test.each(stories.filter(isFlood))('$title', async (story) => {
    // A thousand of them, of which a few must do.
    const { lost, amiss } = await crashEverywhere(tell, story, { telling: true, every: 78 });

    expect({ lost, amiss }).toEqual({ lost: [], amiss: [] });
  });
});

describe('the same, when everything is given at once and', () => {
  const tell = storyTeller({ ...shop, isHasty: true });

  test.each(several)('$title', async (story) => {
    const { lost, amiss } = await crashEverywhere(tell, story, { telling: true });

    expect({ lost, amiss }).toEqual({ lost: [], amiss: [] });
  });
});

describe('the same, when the next process dies too while it takes up what is left, and', () => {
  const tell = storyTeller(shop);

  test.each(several)('$title', async (story) => {
    const { lost, amiss } = await crashEverywhere(tell, story, {
      telling: true,
      thenAt: (step) => 1 + (step % 29),
    });

    expect({ lost, amiss }).toEqual({ lost: [], amiss: [] });
  });
});
