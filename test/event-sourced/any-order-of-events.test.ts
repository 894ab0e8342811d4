import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { LineItemStatus } from '../../src/events/index.ts';
import { openShopWithOrder } from '../support/open-shop.ts';
import { dropProgress, itemEvent, timesTold } from './shipments.ts';

interface Hearing {
  readonly lineItemId: string;
  readonly status: LineItemStatus;
  /** Published again, under the id that it had. */
  readonly isRepeated: boolean;
  /** Everything is handled before the next is published. */
  readonly isAwaited: boolean;
}

/** Every line item ships, some are heard of more often, and all of it in any order. */
const anyHistory = fc.integer({ min: 1, max: 4 }).chain((items) => {
  const ids = Array.from({ length: items }, (_, index) => `order-1-${index + 1}`);
  const flags = { isRepeated: fc.boolean(), isAwaited: fc.boolean() };
  const needed = fc.tuple(
    ...ids.map((id) =>
      fc.record<Hearing>({ lineItemId: fc.constant(id), status: fc.constant('shipped'), ...flags }),
    ),
  );
  const extra = fc.array(
    fc.record<Hearing>({
      lineItemId: fc.constantFrom(...ids),
      status: fc.constantFrom('pending', 'shipped', 'delivered'),
      ...flags,
    }),
    { maxLength: 6 },
  );
  const inAnyOrder = fc
    .tuple(needed, extra)
    .chain(([some, more]) =>
      fc.shuffledSubarray([...some, ...more], { minLength: some.length + more.length }),
    );
  return fc.record({ items: fc.constant(items), history: inAnyOrder });
});

it('in whatever order and however often its events come, an order is complete exactly once', async () => {
  await fc.assert(
    fc.asyncProperty(anyHistory, async ({ items, history }) => {
      const shop = await openShopWithOrder(items);

      for (const { lineItemId, status, isRepeated, isAwaited } of history) {
        const event = itemEvent(shop, lineItemId, status);
        await shop.publish(event);
        if (isAwaited) await shop.settle();
        if (isRepeated) await shop.publish(event);
      }
      await shop.settle();

      expect(timesTold(shop)).toBe(1);
      const entries = await shop.datastore.ledger.find('subject', 'order-1');
      expect(entries.filter(({ notification }) => notification.type === 'order-complete')).toHaveLength(1);
      expect(await dropProgress(shop)).toBe(0);
    }),
    { numRuns: 60 },
  );
});
