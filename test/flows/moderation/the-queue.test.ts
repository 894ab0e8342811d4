import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type Kept,
  queueKey,
  queueOf,
  ReviewQueue,
  type Waiting,
} from '../../../src/flows/moderation/review-queue.ts';

/** The queue over a map, as a stage has it over what is committed. */
function aQueue() {
  const kept = new Map<string, Kept>();
  const cellOf = (key: string) => ({
    get: () => kept.get(key) ?? {},
    set: (next: Kept) => void kept.set(key, next),
    clear: () => void kept.delete(key),
  });
  return { kept, queue: new ReviewQueue(cellOf(queueKey), async (key) => cellOf(key)) };
}

const waiting = (contentId: string, reach: number, queuedAtMs: number) => ({
  contentId,
  authorId: 'ann',
  severity: 0.5,
  reach,
  queuedAtMs,
  dueMs: queuedAtMs + 1000,
  isOverdue: false,
});

/** In the order of the sheet, and of what is the same in all of it, who came first. */
const inOrder = (items: readonly Waiting[]): readonly string[] =>
  items
    .toSorted(
      (one, other) =>
        Number(other.isOverdue) - Number(one.isOverdue) ||
        other.severity * other.reach - one.severity * one.reach ||
        one.queuedAtMs - other.queuedAtMs ||
        one.number - other.number,
    )
    .map(({ contentId }) => contentId);

const steps = fc.array(
  fc.record({
    // Of a thousand most come, so that there are many shelves.
    does: fc.constantFrom('come', 'come', 'come', 'come', 'go', 'first', 'overdue'),
    which: fc.nat(600),
    reach: fc.nat(8),
  }),
  { minLength: 600, maxLength: 1200 },
);

test('whoever comes and goes, the queue is a sorted list, and no shelf is long', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (all) => {
      const { queue, kept } = aQueue();
      const naive = new Map<string, Waiting>();
      let number = 0;
      for (const [index, { does, which, reach }] of all.entries()) {
        const contentId = `c${which}`;
        const known = naive.get(contentId);
        if (does === 'come') {
          const item = waiting(contentId, reach, index >> 2);
          await queue.add(item);
          if (known === undefined) naive.set(contentId, { ...item, number: ++number });
          continue;
        }
        const found = does === 'first' ? queue.first : await queue.find(contentId);
        expect(found?.contentId).toBe(does === 'first' ? inOrder([...naive.values()])[0] : known?.contentId);
        if (found === undefined) continue;
        if (does === 'overdue') {
          await queue.markOverdue(found);
          naive.set(found.contentId, { ...found, isOverdue: true });
        } else {
          await queue.remove(found);
          naive.delete(found.contentId);
        }
      }
      expect(queueOf(kept).map(({ contentId }) => contentId)).toEqual(inOrder([...naive.values()]));
      for (const { items = [] } of kept.values()) expect(items.length).toBeLessThanOrEqual(100);
      // Nothing is left of those who went.
      const shelves = kept.get(queueKey)?.shelves ?? [];
      expect(kept.size).toBe(naive.size + shelves.length + Number(kept.has(queueKey)) + Number(number > 0));
    }),
    { numRuns: 20 },
  );
});
