import { expect, test } from 'vitest';
import { DurableEventBus } from '../../../src/bus/index.ts';
import { openDatastore } from '../../../src/datastore/index.ts';
import { shopEvents } from '../../../src/events/index.ts';
import { type Clock, seededRandom } from '../../../src/kernel/index.ts';
import { manyTurns, nextTurn, recorder, type ShopSubscriber, until } from '../../support/bus.ts';
import { durableHarness } from '../../support/durable-bus.ts';
import { eventMaker } from '../../support/events.ts';
import { retryRows } from '../rows/retries.ts';

/** Succeeds at its second attempt. */
function weakAtFirst(): ShopSubscriber & { readonly counts: { failed: number; succeeded: number } } {
  const counts = { failed: 0, succeeded: 0 };
  const subscriber = recorder('weak at first', '*', async (_message, { attempt }) => {
    counts[attempt === 1 ? 'failed' : 'succeeded']++;
    if (attempt === 1) throw new Error('not yet');
  });
  return { ...subscriber, counts };
}

const policies = [
  { maxAttempts: 3, initialDelayMs: 1000, backoffMultiplier: 2, maxDelayMs: 60_000 },
  { maxAttempts: 6, initialDelayMs: 1000, backoffMultiplier: 3, maxDelayMs: 5000 },
  { maxAttempts: 2, initialDelayMs: 86_400_000, backoffMultiplier: 1, maxDelayMs: 172_800_000 },
];

test.each(policies)(
  'the waits of $maxAttempts attempts from $initialDelayMs ms keep their promise',
  async (retry) => {
    const row = retryRows['retries: a wait is spread over its whole length, and never longer than promised'];
    if (row === undefined) throw new Error('there is no such row');

    await row(await durableHarness({ retry }));
  },
);

test('more retries than may be in hand are all made, one handful after the other', async () => {
  const { bus, clock, make } = await durableHarness();
  const subscriber = weakAtFirst();
  bus.subscribe(subscriber);
  await bus.publish(Array.from({ length: 4000 }, (_, index) => make.registered(`customer-${index}`)));
  await until(() => subscriber.counts.failed === 4000);
  await manyTurns();

  await clock.advanceTo(clock.now() + 1000, async () => {});
  await manyTurns();
  await clock.advanceTo(clock.now() + 1, nextTurn);
  await until(() => subscriber.counts.succeeded === 4000);
  expect(await bus.deadLetters()).toEqual([]);
});

test('a clock that is set back holds up no retry', async () => {
  const timers: (() => void)[] = [];
  let nowMs = 1_000_000;
  const clock: Clock = {
    now: () => nowMs,
    schedule(_atMs, run) {
      timers.push(run);
      return () => {};
    },
  };
  const ring = (): void => {
    for (const run of timers.splice(0)) run();
  };
  const datastore = openDatastore();
  const bus = new DurableEventBus({ catalogue: shopEvents, clock, datastore, random: seededRandom(1) });
  const subscriber = weakAtFirst();
  bus.subscribe(subscriber);
  await bus.settle();

  nowMs = 500_000;
  await bus.publish([eventMaker().registered('kim')]);
  await until(() => subscriber.counts.failed === 1);
  await manyTurns();
  nowMs = 1_000_001;
  ring();
  await until(() => subscriber.counts.succeeded === 1);
  expect(subscriber.counts.failed).toBe(1);
});
