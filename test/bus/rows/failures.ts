import { expect } from 'vitest';
import { AppError } from '../../../src/kernel/index.ts';
import { type BusHarness, type BusRows, idsOf, recorder, type ShopSubscriber } from '../../support/bus.ts';

class ProviderDownError extends AppError {
  readonly code = 'provider_down';
}

const failSynchronously = (): never => {
  throw new Error('broken at once');
};
const failLater = async (): Promise<never> => {
  await Promise.resolve();
  throw new Error('broken later');
};

async function failingConcernsTheOneWhoFailed({ bus, make, finish, maxAttempts }: BusHarness): Promise<void> {
  const subscribers = [
    recorder('healthy before'),
    recorder('fails at once', '*', failSynchronously),
    recorder('fails later', '*', failLater),
    recorder('healthy after'),
  ];
  for (const subscriber of subscribers) bus.subscribe(subscriber);
  const [kim, lee] = [make.registered('kim'), make.registered('lee')];

  await expect(bus.publish([kim, lee])).resolves.toBeUndefined();
  await finish();

  const timesHandled = subscribers.map(({ handled }) => handled.length);
  expect(timesHandled).toEqual([2, 2 * maxAttempts, 2 * maxAttempts, 2]);
  const dead = (await bus.deadLetters()).map(({ subscriber, messageId }) => `${subscriber} ${messageId}`);
  expect(dead.sort()).toEqual(
    [kim, lee].flatMap(({ id }) => [`fails at once ${id}`, `fails later ${id}`]).sort(),
  );
}

async function aFailedMessageHoldsUpNothingBehindIt({ bus, make, finish }: BusHarness): Promise<void> {
  const messages = ['kim', 'kim', 'kim'].map(make.registered);
  const succeeded: string[] = [];
  bus.subscribe(
    recorder('fails on the first', '*', async ({ id }) => {
      if (id === messages[0]?.id) throw new Error('poison');
      succeeded.push(id);
    }),
  );

  await bus.publish(messages);
  await finish();

  expect(succeeded).toEqual([messages[1]?.id, messages[2]?.id]);
  expect((await bus.deadLetters()).map(({ messageId }) => messageId)).toEqual([messages[0]?.id]);
}

async function aDeadLetterTellsTheWholeStory(harness: BusHarness): Promise<void> {
  const { bus, clock, make, finish, maxAttempts } = harness;
  const beganAtMs = clock.now();
  const down = new ProviderDownError({ message: 'no answer', help: 'Wait.' });
  const subscriber = recorder('mailer', '*', () => Promise.reject(down));
  bus.subscribe(subscriber);
  const kim = make.registered('kim');

  await bus.publish([kim]);
  await finish();

  const [letter, ...more] = await bus.deadLetters();
  expect(more).toEqual([]);
  expect(letter).toMatchObject({
    messageId: kim.id,
    messageType: 'CustomerRegistered',
    subscriber: 'mailer',
    error: { name: 'ProviderDownError', code: 'provider_down', message: 'no answer' },
    attempts: maxAttempts,
    firstFailedAtMs: beganAtMs,
  });
  expect(letter?.lastFailedAtMs).toBeLessThanOrEqual(clock.now());
  if (maxAttempts > 1) expect(letter?.lastFailedAtMs).toBeGreaterThan(beganAtMs);
  else expect(letter?.lastFailedAtMs).toBe(beganAtMs);
}

async function anythingCanBeThrown({ bus, make, finish }: BusHarness): Promise<void> {
  const thrown: readonly [name: string, value: unknown][] = [
    ['error', new TypeError('two\nlines')],
    ['text', 'only a text'],
    ['nothing', undefined],
    ['nothing in it', Object.create(null)],
  ];
  for (const [name, value] of thrown) bus.subscribe(recorder(name, '*', () => Promise.reject(value)));

  await bus.publish([make.registered('kim')]);
  await finish();

  const letters = await bus.deadLetters();
  const errors = Object.fromEntries(letters.map(({ subscriber, error }) => [subscriber, error]));
  expect(errors).toEqual({
    error: {
      name: 'TypeError',
      code: null,
      message: expect.stringMatching(/^two lines \(failures\.ts:\d+:\d+\)$/),
    },
    text: { name: 'Error', code: null, message: 'only a text' },
    nothing: { name: 'Error', code: null, message: 'undefined' },
    'nothing in it': { name: 'Error', code: null, message: 'something without a text was thrown' },
  });
}

async function whoFailedIsGivenTheNextMessage({ bus, make, finish }: BusHarness): Promise<void> {
  const failOnKim: ShopSubscriber['handle'] = async ({ subject }) => {
    if (subject === 'kim') throw new Error('not kim');
  };
  const subscriber = recorder('picky', '*', failOnKim);
  bus.subscribe(subscriber);
  await bus.publish([make.registered('kim')]);
  await finish();
  const lee = make.registered('lee');

  await bus.publish([lee]);
  await finish();

  expect(idsOf(subscriber.handled).at(-1)).toBe(lee.id);
  expect(await bus.deadLetters()).toHaveLength(1);
}

async function deadLettersComeOldestFirst({ bus, make, finish }: BusHarness): Promise<void> {
  bus.subscribe(recorder('broken', '*', failLater));
  const messages = ['kim', 'lee', 'mia'].map(make.registered);

  for (const message of messages) {
    await bus.publish([message]);
    await finish();
  }

  expect((await bus.deadLetters()).map(({ messageId }) => messageId)).toEqual(idsOf(messages));
}

export const failureRows: BusRows = {
  'a subscriber that throws neither stops nor repeats the others, nor throws into the publisher':
    failingConcernsTheOneWhoFailed,
  'a failed message does not hold up those behind it': aFailedMessageHoldsUpNothingBehindIt,
  'a dead letter says who failed, why, how often, and when first and last': aDeadLetterTellsTheWholeStory,
  'whatever a handler throws becomes a dead letter': anythingCanBeThrown,
  'a subscriber that failed is given the next message': whoFailedIsGivenTheNextMessage,
  'dead letters come oldest first': deadLettersComeOldestFirst,
};
