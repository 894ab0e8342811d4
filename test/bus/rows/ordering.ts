import fc from 'fast-check';
import { expect } from 'vitest';
import { seededRandom } from '../../../src/kernel/index.ts';
import {
  type BusHarness,
  type BusRows,
  closedGate,
  idsOf,
  manyTurns,
  nextTurn,
  recorder,
  type ShopMessage,
  until,
} from '../../support/bus.ts';

async function oneSubjectIsHandledInOrder({ bus, make, finish }: BusHarness): Promise<void> {
  const gate = closedGate();
  const ended: string[] = [];
  const messages = ['kim', 'kim', 'kim'].map(make.registered);
  const subscriber = recorder('slow at first', '*', async ({ id }) => {
    if (id === messages[0]?.id) await gate.opened;
    ended.push(id);
  });
  bus.subscribe(subscriber);

  await bus.publish(messages);
  await until(() => subscriber.handled.length > 0);
  await manyTurns();
  expect(idsOf(subscriber.handled)).toEqual([messages[0]?.id]);

  gate.open();
  await finish();
  expect(idsOf(subscriber.handled)).toEqual(idsOf(messages));
  expect(ended).toEqual(idsOf(messages));
}

async function orderHoldsAcrossTypesAndCalls({ bus, make, finish }: BusHarness): Promise<void> {
  const subscriber = recorder('any', '*', nextTurn);
  bus.subscribe(subscriber);
  const messages = [
    make.registered('x'),
    make.priceChanged('x'),
    make.orderPlaced('x'),
    make.registered('x'),
  ];

  await Promise.all(messages.map((message) => bus.publish([message])));
  await finish();

  expect(idsOf(subscriber.handled)).toEqual(idsOf(messages));
}

async function differentSubjectsAreHandledConcurrently({ bus, make, finish }: BusHarness): Promise<void> {
  const gate = closedGate();
  const subscriber = recorder('waits for all', '*', () => gate.opened);
  bus.subscribe(subscriber);

  await bus.publish(['kim', 'lee', 'mia'].map(make.registered));
  await until(() => subscriber.handled.length === 3);

  gate.open();
  await finish();
  expect(subscriber.handled.map(({ subject }) => subject)).toEqual(['kim', 'lee', 'mia']);
}

async function aSlowMessageHoldsUpNoOtherSubject({ bus, make, finish }: BusHarness): Promise<void> {
  const gate = closedGate();
  const subscriber = recorder('stuck on kim', '*', async ({ subject }) => {
    if (subject === 'kim') await gate.opened;
  });
  bus.subscribe(subscriber);

  await bus.publish(['kim', 'kim', 'lee', 'lee', 'lee'].map(make.registered));
  await until(() => subscriber.handled.filter(({ subject }) => subject === 'lee').length === 3);

  gate.open();
  await finish();
  expect(subscriber.handled).toHaveLength(5);
}

async function aSlowSubscriberHoldsUpNoOther({ bus, make, finish }: BusHarness): Promise<void> {
  const gate = closedGate();
  const slow = recorder('slow', '*', () => gate.opened);
  const fast = recorder('fast');
  bus.subscribe(slow);
  bus.subscribe(fast);

  await bus.publish(['kim', 'kim', 'kim'].map(make.registered));
  await until(() => fast.handled.length === 3);
  expect(slow.handled).toHaveLength(1);

  gate.open();
  await finish();
  expect(slow.handled).toHaveLength(3);
}

/** Checks of each subject that no handler began before the one before it ended, in the order of publishing. */
async function playRandomly(
  harness: BusHarness,
  { seed, count }: { seed: number; count: number },
): Promise<void> {
  const { bus, make, finish } = harness;
  const random = seededRandom(seed);
  const below = (limit: number): number => Math.floor(random.next() * limit);
  const inHand = new Set<string>();
  const overlaps: string[] = [];
  const subscriber = recorder('of random speed', '*', async ({ subject, id }) => {
    if (inHand.has(subject)) overlaps.push(id);
    inHand.add(subject);
    for (let turns = below(4); turns > 0; turns--) await nextTurn();
    inHand.delete(subject);
  });
  const unsubscribe = bus.subscribe(subscriber);
  const published = Array.from({ length: count }, () => make.registered(`customer-${below(20)}`));

  for (let from = 0; from < count; ) {
    const to = from + 1 + below(50);
    await bus.publish(published.slice(from, to));
    if (below(3) === 0) await nextTurn();
    from = to;
  }
  await finish();

  expect(overlaps).toEqual([]);
  expect(idsBySubject(subscriber.handled)).toEqual(idsBySubject(published));
  unsubscribe();
}

function idsBySubject(messages: readonly ShopMessage[]): Record<string, string[]> {
  const groups: Record<string, string[]> = {};
  for (const { subject, id } of messages) {
    const group = groups[subject] ?? [];
    groups[subject] = group;
    group.push(id);
  }
  return groups;
}

async function tenThousandRandomMessagesKeepTheirOrder(harness: BusHarness): Promise<void> {
  await fc.assert(
    fc.asyncProperty(fc.integer(), (seed) => playRandomly(harness, { seed, count: 1000 })),
    { seed: 1, numRuns: 10, endOnFailure: true },
  );
}

export const orderingRows: BusRows = {
  'messages of one subject are handled in order, also when an earlier one is slow':
    oneSubjectIsHandledInOrder,
  'the order of one subject holds across types and calls': orderHoldsAcrossTypesAndCalls,
  'messages of different subjects are handled concurrently': differentSubjectsAreHandledConcurrently,
  'a slow message holds up no other subject': aSlowMessageHoldsUpNoOtherSubject,
  'a slow subscriber holds up no other': aSlowSubscriberHoldsUpNoOther,
  'of 10,000 random messages each is handled once, in the order of its subject':
    tenThousandRandomMessagesKeepTheirOrder,
};
