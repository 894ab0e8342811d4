import { expect, test } from 'vitest';
import type { ConsumptionBatch } from '../../../src/datastore/index.ts';
import { idsOf, recorder } from '../../support/bus.ts';
import { alterConsumption, type DurableHarness, durableHarness } from '../../support/durable-bus.ts';

/** A bus, and the groups that it commits. */
async function withCommits(): Promise<DurableHarness & { readonly commits: ConsumptionBatch[] }> {
  const commits: ConsumptionBatch[] = [];
  const noting = alterConsumption((store) => ({
    commit(batch) {
      commits.push(batch);
      return store.commit(batch);
    },
  }));
  return { ...(await durableHarness({}, noting)), commits };
}

test('what is published in one turn is committed in one transaction, in the order of the calls', async () => {
  const { bus, datastore, make, commits } = await withCommits();
  const messages = Array.from({ length: 100 }, () => make.registered('kim'));

  await Promise.all(messages.map((message) => bus.publish([message])));

  expect(commits).toHaveLength(1);
  expect(idsOf(await datastore.eventLog.about('kim'))).toEqual(idsOf(messages));
});

test('what was handled is committed many messages a transaction, emissions and failures with it', async () => {
  const { bus, make, commits } = await withCommits();
  bus.subscribe(
    recorder('mailer', ['CustomerRegistered'], async ({ subject }, context) => {
      if (subject.endsWith('7')) throw new Error('not sevens');
      if (subject.endsWith('0')) context.publish([make.priceChanged(subject)]);
    }),
  );
  await bus.settle();

  await bus.publish(Array.from({ length: 1000 }, (_, index) => make.registered(`customer-${index}`)));
  await bus.settle();

  const sizes = commits.map(({ append, retries }) => [append.length, retries.length]);
  expect(sizes.slice(0, 2)).toEqual([
    [1000, 0],
    [100, 100],
  ]);
  // The last one only notes that what was emitted is no matter for the mailer.
  expect(sizes.slice(2)).toEqual([[0, 0]]);
  expect(commits[1]?.progress).toEqual([
    { subscriber: 'mailer', position: 1000, ahead: [], passesAhead: false },
  ]);
});

test('all subscribers share a transaction', async () => {
  const { bus, make, commits } = await withCommits();
  for (const name of ['first', 'second', 'third']) bus.subscribe(recorder(name));
  await bus.settle();

  await bus.publish([make.registered('kim')]);
  await bus.settle();

  expect(commits.map(({ progress }) => progress.map(({ subscriber }) => subscriber))).toEqual([
    [],
    ['first', 'second', 'third'],
  ]);
});

test('who passes many messages that it did not ask for notes now and then how far it is', async () => {
  const { bus, datastore, make } = await withCommits();
  const prices = recorder('prices', ['PriceChanged']);
  bus.subscribe(prices);

  for (let round = 0; round < 5; round++) {
    await bus.publish(Array.from({ length: 1000 }, (_, index) => make.registered(`customer-${index}`)));
    await bus.settle();
  }

  const checkpoint = await datastore.consumption.checkpoint('prices');
  expect(checkpoint?.position).toBeGreaterThan(3000);
});
