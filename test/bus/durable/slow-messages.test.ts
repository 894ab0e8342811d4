import { expect, test } from 'vitest';
import type { LogStretch } from '../../../src/datastore/index.ts';
import { closedGate, idsOf, manyTurns, nextTurn, recorder, until } from '../../support/bus.ts';
import { alterConsumption, durableHarness } from '../../support/durable-bus.ts';

test('a message that hangs holds up no other subject, however much piles up behind it', async () => {
  const { bus, make } = await durableHarness();
  const gate = closedGate();
  const subscriber = recorder('stuck on kim', '*', async ({ subject }) => {
    if (subject === 'kim') await gate.opened;
  });
  bus.subscribe(subscriber);
  const ofKim = Array.from({ length: 8000 }, () => make.registered('kim'));
  const others = Array.from({ length: 50 }, (_, index) => make.registered(`customer-${index}`));

  await bus.publish(ofKim);
  await bus.publish(others);
  await until(() => subscriber.handled.length === 1 + others.length);
  gate.open();
  await bus.settle();

  expect(idsOf(subscriber.handled.filter(({ subject }) => subject === 'kim'))).toEqual(idsOf(ofKim));
  expect(subscriber.handled).toHaveLength(ofKim.length + others.length);
});

test('what comes while the pile is worked off takes its place behind it', async () => {
  const { bus, make } = await durableHarness();
  const gate = closedGate();
  const published = Array.from({ length: 6000 }, () => make.registered('kim'));
  const subscriber = recorder('stuck at first', '*', async () => {
    await gate.opened;
    if (subscriber.handled.length % 500 !== 0) return;
    const late = make.registered('kim');
    published.push(late);
    await bus.publish([late]);
  });
  bus.subscribe(subscriber);
  await bus.publish([...published]);
  await until(() => subscriber.handled.length === 1);

  gate.open();
  await bus.settle();

  expect(published.length).toBeGreaterThan(6010);
  expect(idsOf(subscriber.handled)).toEqual(idsOf(published));
});

test('the pile behind a message that hung is there for the next process, once and in order', async () => {
  const { bus, make, restart } = await durableHarness();
  const messages = Array.from({ length: 6000 }, (_, index) =>
    make.registered(index % 2 ? 'kim' : `c-${index}`),
  );
  const hangs = recorder('mailer', '*', async ({ subject }) => {
    if (subject === 'kim') await new Promise(() => {});
  });
  bus.subscribe(hangs);
  await bus.publish(messages);
  await until(() => hangs.handled.length === 1 + messages.length / 2);
  await bus.publish([make.registered('c-last')]);
  await bus.publish([make.registered('c-very-last')]);

  const successor = await restart();
  const after = recorder('mailer');
  successor.subscribe(after);
  await successor.settle();

  const ofKim = messages.filter(({ subject }) => subject === 'kim');
  expect(idsOf(after.handled.filter(({ subject }) => subject === 'kim'))).toEqual(idsOf(ofKim));
  expect(after.handled.length).toBeLessThanOrEqual(ofKim.length + 2);
});

test('a log of any length is read page by page, and no further ahead than there is room for', async () => {
  const stretches: LogStretch[] = [];
  const noting = alterConsumption((store) => ({
    read(stretch) {
      stretches.push(stretch);
      return store.read(stretch);
    },
  }));
  const { bus, make, datastore } = await durableHarness({ concurrency: 10 }, noting);
  const gate = closedGate();
  const subscriber = recorder('slow', '*', () => gate.opened);
  bus.subscribe(subscriber);
  await bus.settle();
  const messages = Array.from({ length: 10_000 }, (_, index) => make.registered(`customer-${index}`));
  await datastore.eventLog.append(messages);

  const settled = bus.settle();
  await until(() => subscriber.handled.length === 10);
  expect(stretches.length).toBe(1);
  gate.open();
  await settled;

  expect(idsOf(subscriber.handled)).toEqual(idsOf(messages));
  expect(Math.max(...stretches.map(({ after, upTo }) => upTo - after))).toBeLessThanOrEqual(1024);
});

test('a subject with thousands of due retries, whose handler hangs, leaves room for the others', async () => {
  const { bus, clock, make } = await durableHarness({ retry: { maxAttempts: 2 } });
  const gate = closedGate();
  let failed = 0;
  const succeeded: string[] = [];
  bus.subscribe(
    recorder('weak at first', '*', async ({ subject, id }, { attempt }) => {
      if (attempt === 1) failed++;
      if (attempt === 1) throw new Error('not yet');
      if (subject === 'kim') await gate.opened;
      succeeded.push(id);
    }),
  );
  const ofKim = Array.from({ length: 1500 }, () => make.registered('kim'));
  const others = Array.from({ length: 500 }, (_, index) => make.registered(`customer-${index}`));
  await bus.publish([...others, ...ofKim]);
  await until(() => failed === ofKim.length + others.length);

  await clock.advanceTo(clock.now() + 1000, nextTurn);
  await manyTurns();
  await clock.advanceTo(clock.now() + 1, manyTurns);
  await until(() => succeeded.length === others.length);
  gate.open();
  await bus.settle();

  expect(succeeded.slice(0, others.length).sort()).toEqual(idsOf(others).sort());
  expect(succeeded.slice(others.length).sort()).toEqual(idsOf(ofKim).sort());
  expect(await bus.deadLetters()).toEqual([]);
});
