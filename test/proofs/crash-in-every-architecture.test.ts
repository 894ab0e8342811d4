import { describe, expect, test } from 'vitest';
import { optionsOf, type Variant, variants } from '../../src/lab/comparison/measure/variants.ts';
import { stories } from '../architectures/stories.ts';
import { type CrashReport, crashEverywhere } from './support/crash-everywhere.ts';
import { type StoryOptions, storyTeller } from './support/crash-story.ts';

/** A whole order, an order in parts, many customers at once, and a delivery that waits for the morning. */
const titles = [
  'an order ships part by part',
  'a price drops',
  'other news lets a sleeper sleep until the morning',
];

const shops = variants.map((variant) => ({
  ...variant,
  options: { bus: 'in-memory', ...optionsOf(variant), architecture: variant.architecture } as const,
}));

/** What is to be told must be remembered by something that does not die with the process. */
const losesNothing = ({ handOver }: Variant): boolean =>
  handOver === 'durable' || handOver === 'transactional';

/** Elsewhere a story takes several times as many steps; every third falls before as well as after operations. */
const everyOf = ({ architecture }: StoryOptions): number => (architecture === 'event-sourced' ? 1 : 3);

async function crashAll(shop: StoryOptions): Promise<CrashReport[]> {
  const tell = storyTeller(shop);
  const told = stories.filter(({ title }) => titles.includes(title));
  const reports: CrashReport[] = [];
  for (const story of told) reports.push(await crashEverywhere(tell, story, { every: everyOf(shop) }));
  return reports;
}

describe('a process that dies at any step', () => {
  test.each(shops.filter(losesNothing))(
    'loses nothing: $architecture, $handOver',
    async ({ options: shop }) => {
      const reports = await crashAll(shop);

      expect(reports.flatMap(({ lost, amiss }) => [...lost, ...amiss])).toEqual([]);
    },
  );

  test.each(shops.filter((shop) => !losesNothing(shop)))(
    'loses what was in hand, and nothing else is amiss: $architecture, $handOver',
    async ({ options: shop }) => {
      const reports = await crashAll(shop);

      expect(reports.flatMap(({ amiss }) => amiss)).toEqual([]);
      for (const { lost, steps } of reports) {
        expect(lost).not.toEqual([]);
        // It is lost from the commit to the first note of it in the ledger, and at no other time.
        const stepsThatLose = new Set(lost.map((line) => line.replace(/:.*/, '')));
        expect(stepsThatLose.size).toBeLessThan(steps / 2);
      }
    },
  );
});
