import { expect, test } from 'vitest';
import type { Datastore } from '../../src/datastore/index.ts';
import { stories } from '../architectures/stories.ts';
import { contractRows } from '../bus/contract.ts';
import {
  beyondTheCap,
  dropsWhatIsRedriven,
  forgetsWhatWasRequested,
  NeverHalfOpen,
} from '../delivery/planted-bugs.ts';
import { findsBackToAProvider, keepsToTheCap, sendsWhatIsRedriven } from '../delivery/promises.ts';
import {
  blocksBehindARetry,
  type DurableBreakage,
  dropsDeadLettersOnRedrive,
  handledWhenPublished,
  jittersBeyondTheCap,
} from '../support/broken-durable-buses.ts';
import { crashEverywhere } from './support/crash-everywhere.ts';
import { storyTeller } from './support/crash-story.ts';

// Six bugs, each of which would lose or double something, or stand in the way; and what notices each.

async function crashes(alter?: (datastore: Datastore) => Datastore) {
  const tell = storyTeller({ architecture: 'event-sourced', bus: 'durable', ...(alter && { alter }) });
  const story = stories.find(({ title }) => title === 'a payment fails') ?? expect.fail('no such story');
  return crashEverywhere(tell, story);
}

/** The one row of the bus contract whose title begins so. */
async function row(title: string, bus: DurableBreakage): Promise<void> {
  const rows = Object.entries(contractRows).filter(([each]) => each.startsWith(title));
  expect(rows).toHaveLength(1);
  for (const [, check] of rows) await check(await bus());
}

test('without any of them, a crash at any step loses nothing, and nothing is amiss', async () => {
  expect(await crashes()).toMatchObject({ lost: [], amiss: [] });
});

test('no idempotency check: the crash proof sees deliveries doubled', async () => {
  const { amiss } = await crashes(forgetsWhatWasRequested);

  expect(amiss).toContainEqual(expect.stringContaining('doubled: payment-failed:'));
});

test('checkpoint before handling: the crash proof sees deliveries lost', async () => {
  const { lost } = await crashes((datastore) => {
    const { consumption } = datastore;
    return { ...datastore, consumption: { ...consumption, ...handledWhenPublished(consumption) } };
  });

  expect(lost).toContainEqual(expect.stringContaining('lost payment-failed'));
});

test('a retry that blocks: the bus contract sees those behind it wait', async () => {
  await expect(row('retries: those behind a failed message go on', blocksBehindARetry)).rejects.toThrow();
});

test('a breaker that never half-opens: the provider is never asked again', async () => {
  await expect(findsBackToAProvider((options) => new NeverHalfOpen(options))).rejects.toThrow();
});

test('jitter that can exceed the cap: on the bus, and in the delivery', async () => {
  await expect(row('retries: a wait is spread over its whole length', jittersBeyondTheCap)).rejects.toThrow();
  await expect(keepsToTheCap(beyondTheCap)).rejects.toThrow();
});

test('a dead letter dropped on re-drive: on the bus, and in the delivery', async () => {
  await expect(row('redrive: a dead letter can be handed', dropsDeadLettersOnRedrive)).rejects.toThrow();
  await expect(sendsWhatIsRedriven({ alterDatastore: dropsWhatIsRedriven })).rejects.toThrow();
});
