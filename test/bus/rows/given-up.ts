import { expect } from 'vitest';
import { UnknownDeadLetterError } from '../../../src/bus/index.ts';
import { type BusHarness, type BusRows, idsOf, recorder } from '../../support/bus.ts';

const retry = { maxAttempts: 4, initialDelayMs: 200, backoffMultiplier: 2, jitter: false };

async function aSubscriberHasRetriesOfItsOwn({ bus, clock, make, finish }: BusHarness): Promise<void> {
  const beganAtMs = clock.now();
  const attempts: string[] = [];
  bus.subscribe({
    ...recorder('mailer', '*', async (_message, { attempt }) => {
      attempts.push(`${attempt} after ${clock.now() - beganAtMs} ms`);
      throw new Error('down');
    }),
    retry,
  });

  await bus.publish([make.registered('kim')]);
  await finish();

  expect(attempts).toEqual(['1 after 0 ms', '2 after 200 ms', '3 after 600 ms', '4 after 1400 ms']);
  expect(await bus.deadLetters()).toMatchObject([
    { subscriber: 'mailer', attempts: 4, firstFailedAtMs: beganAtMs, lastFailedAtMs: beganAtMs + 1400 },
  ]);
}

async function aRetryHoldsUpNothing({ bus, make, finish }: BusHarness): Promise<void> {
  const messages = ['kim', 'kim', 'lee'].map(make.registered);
  const succeeded: string[] = [];
  bus.subscribe({
    ...recorder('mailer', '*', async ({ id }, { attempt }) => {
      if (id === messages[0]?.id && attempt < 3) throw new Error('not yet');
      succeeded.push(id);
    }),
    retry,
  });

  await bus.publish(messages);
  await bus.settle();
  expect([...succeeded].sort()).toEqual(idsOf(messages.slice(1)).sort());
  await finish();

  expect(succeeded.at(-1)).toBe(messages[0]?.id);
  expect(await bus.deadLetters()).toEqual([]);
}

async function whatIsGivenUpIsADeadLetter({ bus, make, finish, maxAttempts }: BusHarness): Promise<void> {
  const lastWord = make.priceChanged('helmet');
  const giver = recorder('giver', ['CustomerRegistered'], async (_message, context) => {
    context.publish([lastWord]);
    context.giveUp(new Error('no use'));
  });
  const listener = recorder('listener', ['PriceChanged']);
  for (const subscriber of [giver, listener]) bus.subscribe(subscriber);
  const kim = make.registered('kim');

  await bus.publish([kim]);
  await finish();

  expect(maxAttempts).toBeGreaterThan(0);
  expect(giver.handled).toHaveLength(1);
  expect(listener.handled).toEqual([lastWord]);
  expect(await bus.deadLetters()).toMatchObject([
    { subscriber: 'giver', messageId: kim.id, attempts: 1, error: { message: 'no use' } },
  ]);
}

async function aDiscardedLetterIsGone({ bus, make, finish }: BusHarness): Promise<void> {
  bus.subscribe(recorder('broken', '*', () => Promise.reject(new Error('never'))));
  await bus.publish(['kim', 'lee'].map(make.registered));
  await finish();
  const [first, second] = await bus.deadLetters();
  if (first === undefined || second === undefined) throw new Error('there are two');

  await bus.discard(first.id);

  expect((await bus.deadLetters()).map(({ id }) => id)).toEqual([second.id]);
  await expect(bus.discard(first.id)).rejects.toThrow(UnknownDeadLetterError);
  await expect(bus.redrive(first.id)).rejects.toThrow(UnknownDeadLetterError);
}

export const givenUpRows: BusRows = {
  'a subscriber may ask for retries of its own': aSubscriberHasRetriesOfItsOwn,
  'what waits for a retry that its subscriber asked for holds up nothing': aRetryHoldsUpNothing,
  'what a handler gives up is a dead letter at once, and its last words leave': whatIsGivenUpIsADeadLetter,
  'a dead letter that was discarded is gone': aDiscardedLetterIsGone,
};
