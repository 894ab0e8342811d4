import { describe, expect, it } from 'vitest';
import { ledgerLines } from '../support/ledger.ts';
import { type CreateHarness, playStory } from './play-story.ts';
import { openingMs, stories } from './stories.ts';

/** What every architecture does alike: the same commands lead to the same deliveries when nothing fails. */
export function describeArchitectureContract(
  { name, on }: { name: string; on: string },
  createHarness: CreateHarness,
): void {
  describe(`${name} (${on}), as an architecture`, () => {
    it('bears its name', async () => {
      const { architecture, close } = await createHarness({ startMs: openingMs });
      expect(architecture.name).toBe(name);
      await close();
    });

    it.each(stories)('$title', async (story) => {
      const { now, inTheEnd, counts } = await playStory(createHarness, story, { isHasty: false });

      expect(now).toEqual([...story.expected].sort());
      expect(inTheEnd).toEqual([...(story.inTheEnd ?? story.expected)].sort());
      expect(counts.pending).toBe(0);
      expect(counts.sent + counts.skipped + counts.deadLettered).toBe(counts.requested);
    });

    it('tells nobody of a command that the shop refuses', async () => {
      const { architecture, datastore, close } = await createHarness({ startMs: openingMs });
      await architecture.start();

      await expect(architecture.services.ordering.shipOrder({ orderId: 'none' })).rejects.toMatchObject({
        code: 'unknown_order',
      });
      await architecture.settle();

      expect(await ledgerLines(datastore)).toEqual([]);
      await close();
    });
  });
}
