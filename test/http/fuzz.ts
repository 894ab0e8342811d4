import fc from 'fast-check';
import { expect } from 'vitest';
import { type ArbitraryRequest, arbitraryRequest } from './arbitrary-requests.ts';
import { openServedShop } from './served-shop.ts';

/** So many are asked of one shop: what it holds grows with them. */
const ofOneShop = 2000;

/** Twice in each shop, before what comes by chance: by chance alone, few orders are taken and few are held already. */
const order: ArbitraryRequest = {
  method: 'POST',
  path: '/v1/orders',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({
    orderId: 'a',
    customerId: 'ada',
    lineItems: [{ lineItemId: 'b', productId: 'helmet', quantity: 1 }],
  }),
};

/** Asks so many requests: each answer is as the document says, and none is a fault of ours. */
export async function fuzz(requests: number): Promise<ReadonlySet<number>> {
  const statuses = new Set<number>();
  for (let left = requests; left > 0; left -= ofOneShop)
    await fuzzOneShop(Math.min(left, ofOneShop), statuses);
  return statuses;
}

async function fuzzOneShop(requests: number, statuses: Set<number>): Promise<void> {
  const { ask, shop, logger } = await openServedShop({ requestsPerMinute: 1e9 });
  let asked = 0;
  await fc.assert(
    fc.asyncProperty(arbitraryRequest, async ({ path, ...init }) => {
      const { status, text } = await ask(path, init);
      expect(status, text).toBeLessThan(500);
      statuses.add(status);
      if (++asked % 100 === 0) await shop.settle();
    }),
    { numRuns: requests, endOnFailure: true, examples: [[order], [order]] },
  );
  await shop.settle();
  expect(logger.lines.filter((line) => line.includes('could not be answered'))).toEqual([]);
  await shop.close();
}
