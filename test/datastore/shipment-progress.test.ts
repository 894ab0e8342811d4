import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Datastore } from '../../src/datastore/index.ts';
import type { LineItemStatus } from '../../src/events/index.ts';
import { emptyDatastore, tries } from '../support/a-datastore.ts';
import { anOrder } from '../support/records.ts';

/** A datastore with an order of three line items, a, b and c. */
async function openWithOrder(): Promise<Datastore> {
  const datastore = await emptyDatastore();
  await datastore.orders.insert(anOrder('order-1', ['a', 'b', 'c']));
  return datastore;
}

type Step = readonly [lineItemId: string, status: LineItemStatus];

async function hear({ shipmentProgress }: Datastore, steps: readonly Step[], atMs = 1): Promise<void> {
  for (const [lineItemId, status] of steps) {
    await shipmentProgress.advance('order-1', [{ lineItemId, status }], atMs);
  }
}

const isComplete = ({ shipmentProgress }: Datastore): Promise<boolean> =>
  shipmentProgress.isComplete('order-1');

test.each<{ story: string; steps: readonly Step[]; complete: boolean }>([
  { story: 'nothing was heard', steps: [], complete: false },
  {
    story: 'two of three have shipped',
    steps: [
      ['a', 'shipped'],
      ['b', 'shipped'],
    ],
    complete: false,
  },
  {
    story: 'all have shipped',
    steps: [
      ['a', 'shipped'],
      ['b', 'shipped'],
      ['c', 'shipped'],
    ],
    complete: true,
  },
  {
    story: 'some were delivered even',
    steps: [
      ['a', 'delivered'],
      ['b', 'shipped'],
      ['c', 'shipped'],
    ],
    complete: true,
  },
  {
    story: 'the rest was cancelled',
    steps: [
      ['a', 'shipped'],
      ['b', 'cancelled'],
      ['c', 'cancelled'],
    ],
    complete: true,
  },
  {
    story: 'one is pending again',
    steps: [
      ['a', 'shipped'],
      ['b', 'shipped'],
      ['c', 'pending'],
    ],
    complete: false,
  },
  {
    story: 'all were cancelled',
    steps: [
      ['a', 'cancelled'],
      ['b', 'cancelled'],
      ['c', 'cancelled'],
    ],
    complete: false,
  },
  {
    story: 'one shipped twice',
    steps: [
      ['a', 'shipped'],
      ['a', 'shipped'],
      ['b', 'shipped'],
    ],
    complete: false,
  },
  {
    story: 'a strange item shipped',
    steps: [
      ['a', 'shipped'],
      ['b', 'shipped'],
      ['x', 'shipped'],
    ],
    complete: false,
  },
])('when $story, complete is $complete', async ({ steps, complete }) => {
  const datastore = await openWithOrder();

  await hear(datastore, steps);

  expect(await isComplete(datastore)).toBe(complete);
});

test('any order and repetition of the same events comes to the same answer', async () => {
  const status = fc.constantFrom<LineItemStatus>('pending', 'shipped', 'delivered', 'cancelled');
  const step = fc.tuple(fc.constantFrom('a', 'b', 'c'), status);
  const stories = fc.array(step, { maxLength: 8 }).chain((steps) =>
    fc.tuple(
      fc.constant(steps),
      // Every step at least once, some again, in any order.
      fc
        .subarray(steps)
        .chain((again) =>
          fc.shuffledSubarray([...steps, ...again], { minLength: steps.length + again.length }),
        ),
    ),
  );

  await fc.assert(
    fc.asyncProperty(stories, async ([steps, disturbed]) => {
      const [tidy, wild] = [await openWithOrder(), await openWithOrder()];
      await hear(tidy, steps);
      await hear(wild, disturbed);

      expect(await isComplete(wild)).toBe(await isComplete(tidy));
      expect(await isComplete(wild)).toBe(expectedOf(steps));
      await Promise.all([tidy.close(), wild.close()]);
    }),
    { seed: 1, numRuns: tries(100) },
  );
});

/** The same in one sentence: everything shipped but what was cancelled, and something did ship. */
function expectedOf(steps: readonly Step[]): boolean {
  const heard = (item: string, ...statuses: LineItemStatus[]): boolean =>
    steps.some(([lineItemId, status]) => lineItemId === item && statuses.includes(status));
  const items = ['a', 'b', 'c'];
  const isUnderWay = (item: string): boolean => heard(item, 'shipped', 'delivered');
  return items.every((item) => isUnderWay(item) || heard(item, 'cancelled')) && items.some(isUnderWay);
}

test('several line items may be noted at once', async () => {
  const datastore = await openWithOrder();
  const all = ['a', 'b', 'c'].map((lineItemId) => ({ lineItemId, status: 'shipped' as const }));

  await datastore.shipmentProgress.advance('order-1', [...all, ...all], 1);

  expect(await isComplete(datastore)).toBe(true);
});

test('a cancelled order is never complete, nor is one that nobody knows', async () => {
  const datastore = await openWithOrder();
  await hear(datastore, [
    ['a', 'shipped'],
    ['b', 'shipped'],
    ['c', 'shipped'],
  ]);

  await datastore.orders.setStatus('order-1', 'cancelled');

  expect(await isComplete(datastore)).toBe(false);
  await datastore.shipmentProgress.advance('ghost', [{ lineItemId: 'a', status: 'shipped' }], 1);
  expect(await datastore.shipmentProgress.isComplete('ghost')).toBe(false);
});

test('an order that is forgotten is not known any more, and the others are', async () => {
  const { shipmentProgress } = await emptyDatastore();
  for (const id of ['order-1', 'order-2']) {
    await shipmentProgress.advance(id, [{ lineItemId: 'a', status: 'shipped' }], 1);
  }

  await shipmentProgress.forget('order-1');

  expect(await shipmentProgress.knows('order-1')).toBe(false);
  expect(await shipmentProgress.knows('order-2')).toBe(true);
});

test('orders of which nothing was heard for long are forgotten, and their line items counted', async () => {
  const { shipmentProgress } = await emptyDatastore();
  const note = (id: string, lineItemId: string, atMs: number): Promise<void> =>
    shipmentProgress.advance(id, [{ lineItemId, status: 'shipped' }], atMs);
  await note('silent', 'a', 10);
  await note('silent', 'b', 20);
  await note('fresh', 'a', 31);

  expect(await shipmentProgress.forgetBefore(10)).toBe(0);
  expect(await shipmentProgress.forgetBefore(30)).toBe(2);

  expect(await shipmentProgress.knows('silent')).toBe(false);
  expect(await shipmentProgress.knows('fresh')).toBe(true);
});

test('an order of which something was heard lately keeps what was heard long ago', async () => {
  const datastore = await openWithOrder();
  await hear(datastore, [['a', 'shipped']], 10);
  await hear(datastore, [['b', 'shipped']], 50);

  expect(await datastore.shipmentProgress.forgetBefore(30)).toBe(0);
  await hear(datastore, [['c', 'shipped']], 60);

  expect(await isComplete(datastore)).toBe(true);
});

test('an event that comes late does not make an order older', async () => {
  const datastore = await openWithOrder();
  await hear(datastore, [['a', 'shipped']], 50);

  await hear(datastore, [['a', 'pending']], 10);

  expect(await datastore.shipmentProgress.forgetBefore(30)).toBe(0);
});
