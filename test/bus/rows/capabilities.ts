import { expect } from 'vitest';
import { type BusHarness, type BusRows, closedGate, idsOf, recorder, until } from '../../support/bus.ts';

/** With retries, the second attempt succeeds; without, there is none. */
async function whatFailedOnceIsTriedAgain({ bus, make, finish }: BusHarness): Promise<void> {
  const attempts: number[] = [];
  bus.subscribe(
    recorder('weak at first', '*', async (_message, { attempt }) => {
      attempts.push(attempt);
      if (attempt === 1) throw new Error('not yet');
    }),
  );

  await bus.publish([make.registered('kim')]);
  await finish();

  const dead = (await bus.deadLetters()).map((letter) => letter.attempts);
  if (bus.capabilities.retries) expect({ attempts, dead }).toEqual({ attempts: [1, 2], dead: [] });
  else expect({ attempts, dead }).toEqual({ attempts: [1], dead: [1] });
}

async function whatAlwaysFailsIsTriedSoOftenAndNoMore(harness: BusHarness): Promise<void> {
  const { bus, make, finish, maxAttempts } = harness;
  const attempts: number[] = [];
  bus.subscribe(
    recorder('broken', '*', async (_message, { attempt }) => {
      attempts.push(attempt);
      throw new Error('never');
    }),
  );

  await bus.publish([make.registered('kim')]);
  await finish();

  expect(maxAttempts > 1).toBe(bus.capabilities.retries);
  expect(attempts).toEqual(Array.from({ length: maxAttempts }, (_, index) => index + 1));
  expect((await bus.deadLetters()).map((letter) => letter.attempts)).toEqual([maxAttempts]);
}

async function whatWasPublishedOutlivesTheProcess({ bus, make, restart }: BusHarness): Promise<void> {
  const gate = closedGate();
  const messages = ['kim', 'kim', 'lee'].map(make.registered);
  const before = recorder('mailer', '*', () => gate.opened);
  bus.subscribe(before);
  await bus.publish(messages);
  await until(() => before.handled.length > 0);

  const successor = await restart();
  const after = recorder('mailer');
  successor.subscribe(after);
  await successor.settle();

  const expected = successor.capabilities.durable ? idsOf(messages) : [];
  expect(idsOf(after.handled).sort()).toEqual(expected.sort());
  gate.open();
}

async function whatWasHandledIsRememberedByTheNextProcess(harness: BusHarness): Promise<void> {
  const { bus, make, finish, restart } = harness;
  const kim = make.registered('kim');
  bus.subscribe(recorder('mailer'));
  await bus.publish([kim]);
  await finish();

  const successor = await restart();
  const after = recorder('mailer');
  successor.subscribe(after);
  await successor.publish([kim]);
  await successor.settle();

  expect(idsOf(after.handled)).toEqual(successor.capabilities.durable ? [] : [kim.id]);
}

async function whoLeavesAtOnceHasItsPlace({ bus, make, finish }: BusHarness): Promise<void> {
  const leave = bus.subscribe(recorder('mailer'));
  leave();
  const kim = make.registered('kim');
  await bus.publish([kim]);

  const back = recorder('mailer');
  bus.subscribe(back);
  await finish();

  expect(idsOf(back.handled)).toEqual(bus.capabilities.durable ? [kim.id] : []);
}

async function deadLettersOutliveTheProcess({ bus, make, finish, restart }: BusHarness): Promise<void> {
  bus.subscribe(recorder('broken', '*', () => Promise.reject(new Error('never'))));
  await bus.publish([make.registered('kim')]);
  await finish();
  const letters = await bus.deadLetters();
  expect(letters).toHaveLength(1);

  const successor = await restart();

  expect(await successor.deadLetters()).toEqual(successor.capabilities.durable ? letters : []);
}

async function aDeadLetterCanBeRedriven({ bus, make, finish }: BusHarness): Promise<void> {
  let isMended = false;
  const succeeded: string[] = [];
  const other = recorder('other');
  bus.subscribe(other);
  bus.subscribe(
    recorder('mailer', '*', async ({ id }) => {
      if (!isMended) throw new Error('broken');
      succeeded.push(id);
    }),
  );
  const kim = make.registered('kim');
  await bus.publish([kim]);
  await finish();

  isMended = true;
  for (const { id } of await bus.deadLetters()) await bus.redrive(id);
  await finish();

  expect(succeeded).toEqual([kim.id]);
  expect(other.handled).toHaveLength(1);
  expect(await bus.deadLetters()).toEqual([]);
}

export const capabilityRows: BusRows = {
  'retries: what failed once is tried again, or is dead at once': whatFailedOnceIsTriedAgain,
  'retries: what always fails is tried as often as promised and no more':
    whatAlwaysFailsIsTriedSoOftenAndNoMore,
  'durable: what was published outlives the process, or nothing does': whatWasPublishedOutlivesTheProcess,
  'durable: what was handled is remembered by the next process, or not':
    whatWasHandledIsRememberedByTheNextProcess,
  'durable: who leaves while it is being let in has its place in the log, or nobody has':
    whoLeavesAtOnceHasItsPlace,
  'durable: dead letters outlive the process, or none does': deadLettersOutliveTheProcess,
  'redrive: a dead letter can be handed to its subscriber again': aDeadLetterCanBeRedriven,
};
