import { expect, test } from 'vitest';
import { z } from 'zod';
import { type DeadLetter, DurableEventBus, UnknownDeadLetterError } from '../../../src/bus/index.ts';
import { defineMessage, InvalidMessageError, shopEvents } from '../../../src/events/index.ts';
import { seededRandom } from '../../../src/kernel/index.ts';
import { idsOf, recorder } from '../../support/bus.ts';
import { type DurableHarness, durableHarness } from '../../support/durable-bus.ts';
import { disguised } from '../../support/events.ts';
import { recordingLogger } from '../../support/recording-logger.ts';

/** A bus whose mailer can be broken and mended, and the attempts that it was given. */
async function withMailer(options: Parameters<typeof durableHarness>[0] = {}) {
  const harness = await durableHarness(options);
  const mailer = { isBroken: true, attempts: [] as number[] };
  harness.bus.subscribe(
    recorder('mailer', ['CustomerRegistered'], async (_message, { attempt }) => {
      mailer.attempts.push(attempt);
      if (mailer.isBroken) throw new Error('broken');
    }),
  );
  return { ...harness, mailer };
}

async function onlyLetter({ bus }: Pick<DurableHarness, 'bus'>): Promise<DeadLetter> {
  const [letter, ...more] = await bus.deadLetters();
  expect(more).toEqual([]);
  if (letter === undefined) throw new Error('there is no dead letter');
  return letter;
}

test('a dead letter is found by its id, with the whole message', async () => {
  const { bus, make, finish } = await withMailer();
  const kim = make.registered('kim');
  await bus.publish([kim]);
  await finish();

  const letter = await onlyLetter({ bus });

  expect(letter.id).toBe('message-1');
  expect(letter.message).toEqual(kim);
  expect(await bus.deadLetter('message-1')).toEqual(letter);
});

test('a re-driven message has all its attempts again, and is a new letter when they fail', async () => {
  const { bus, make, finish, mailer, clock } = await withMailer();
  await bus.publish([make.registered('kim')]);
  await finish();
  const { id, firstFailedAtMs } = await onlyLetter({ bus });
  await clock.advanceTo(clock.now() + 60_000, () => bus.settle());

  await bus.redrive(id);
  await finish();

  expect(mailer.attempts).toEqual([1, 2, 3, 1, 2, 3]);
  const second = await onlyLetter({ bus });
  expect(second).toMatchObject({ id: 'message-2', attempts: 3, firstFailedAtMs });
  expect(second.lastFailedAtMs).toBeGreaterThanOrEqual(firstFailedAtMs + 60_000);
});

test('a message is re-driven once, however often that is asked at the same time', async () => {
  const { bus, make, finish, mailer } = await withMailer();
  await bus.publish([make.registered('kim')]);
  await finish();
  mailer.isBroken = false;

  const asked = await Promise.allSettled(
    ['message-1', 'message-1', 'message-1'].map((id) => bus.redrive(id)),
  );
  await finish();

  expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect(mailer.attempts).toEqual([1, 2, 3, 1]);
});

test('a message that is re-driven while its subscriber is away waits for it', async () => {
  const { bus, make, finish, restart } = await withMailer();
  const kim = make.registered('kim');
  await bus.publish([kim]);
  await finish();

  const successor = await restart();
  await successor.redrive('message-1');
  const mailer = recorder('mailer', ['CustomerRegistered']);
  successor.subscribe(mailer);
  await successor.settle();

  expect(idsOf(mailer.handled)).toEqual([kim.id]);
  expect(await successor.deadLetters()).toEqual([]);
});

test('a message that was refused before any subscriber stays dead until it fits', async () => {
  const { bus, make, clock, datastore } = await durableHarness();
  const gift = { ...make.registered('kim'), type: 'GiftSent', schemaVersion: 1 };
  await bus.publish([disguised(gift)]);
  const { id, subscriber } = await onlyLetter({ bus });
  expect(subscriber).toBeNull();

  await expect(bus.redrive(id)).rejects.toThrow(InvalidMessageError);
  expect(await onlyLetter({ bus })).toMatchObject({ id });

  const GiftSent = defineMessage({
    type: 'GiftSent',
    source: '/services/gifts',
    subject: (data) => data.customerId,
    versions: [z.object({ customerId: z.string() })],
  });
  const catalogue = { ...shopEvents, GiftSent };
  const newer = new DurableEventBus({ catalogue, clock, datastore, random: seededRandom(1) });
  const subscriberOfAll = recorder('everything');
  newer.subscribe(subscriberOfAll as never);
  await newer.redrive(id);
  await newer.settle();

  expect(idsOf(subscriberOfAll.handled)).toEqual([gift.id]);
  expect(await newer.deadLetters()).toEqual([]);
  await newer.close();
});

test('a discarded letter is gone, and its id is never given again', async () => {
  const { bus, make, finish } = await withMailer();
  await bus.publish([make.registered('kim')]);
  await finish();

  await bus.discard('message-1');
  expect(await bus.deadLetters()).toEqual([]);
  await bus.publish([make.registered('lee')]);
  await finish();

  expect(await onlyLetter({ bus })).toMatchObject({ id: 'message-2' });
});

test.each([
  'message-2',
  'message-0',
  'message-',
  'message-1x',
  'delivery-1',
  '',
  'message-99999999999999999',
])('the unknown id "%s" is refused', async (id) => {
  const { bus, make, finish } = await withMailer();
  await bus.publish([make.registered('kim')]);
  await finish();

  await expect(bus.deadLetter(id)).rejects.toThrow(UnknownDeadLetterError);
  await expect(bus.redrive(id)).rejects.toThrow(UnknownDeadLetterError);
  await expect(bus.discard(id)).rejects.toThrow(UnknownDeadLetterError);
  expect(await bus.deadLetters()).toHaveLength(1);
});

test('what cannot be written as JSON is kept as far as it can be', async () => {
  const { bus, make } = await durableHarness();
  const round: Record<string, unknown> = { ...make.registered('kim'), type: 'Unknown' };
  round.self = round;

  await bus.publish([disguised(round as never), disguised(undefined as never)]);

  expect((await bus.deadLetters()).map(({ messageType, message }) => [messageType, message])).toEqual([
    ['Unknown', expect.stringContaining('circular')],
    ['unknown', null],
  ]);
});

test('a listener is told of each dead letter, once it is committed, and its own failure is no matter', async () => {
  const told: DeadLetter[] = [];
  const logger = recordingLogger();
  const { bus, make, finish } = await withMailer({
    logger,
    onDeadLetter(letter) {
      told.push(letter);
      throw new Error('nobody there');
    },
  });

  await bus.publish([make.registered('kim@example.com'), disguised({ ...make.registered('lee'), data: {} })]);
  await finish();

  expect(told).toEqual(await bus.deadLetters());
  expect(told.map(({ id, subscriber }) => [id, subscriber])).toEqual([
    ['message-1', null],
    ['message-2', 'mailer'],
  ]);
  expect(logger.lines.filter((line) => line.includes('"dead letter"'))).toHaveLength(2);
  expect(logger.lines.join()).not.toContain('kim@example.com');
});
