import { expect } from 'vitest';
import { type BusHarness, type BusRows, idsOf, recorder } from '../../support/bus.ts';
import { disguised } from '../../support/events.ts';

async function aMessageThatFitsNothingIsDead({ bus, make, finish }: BusHarness): Promise<void> {
  const everything = recorder('everything');
  bus.subscribe(everything);
  const good = [make.registered('kim'), make.registered('lee')];
  const [unknownType, illFitting, unknownVersion] = ['mia', 'ned', 'ola'].map(make.registered);

  await bus.publish([
    ...good.slice(0, 1),
    disguised({ ...unknownType, type: 'constructor' }),
    disguised({ ...illFitting, data: { customerId: 42 } }),
    disguised({ ...unknownVersion, schemaVersion: 9 }),
    ...good.slice(1),
  ]);
  await finish();

  expect(idsOf(everything.handled).sort()).toEqual(idsOf(good).sort());
  const letters = await bus.deadLetters();
  expect(letters.map(({ messageId, error }) => [messageId, error.code, error.message])).toEqual([
    [unknownType?.id, 'unknown_message_type', 'no message is of type "constructor"'],
    [
      illFitting?.id,
      'invalid_message',
      expect.stringContaining('customerId: Invalid input: expected string'),
    ],
    [unknownVersion?.id, 'unknown_schema_version', 'CustomerRegistered has no schema version 9'],
  ]);
  for (const letter of letters) expect(letter).toMatchObject({ subscriber: null, attempts: 0 });
}

async function whatIsNoMessageAtAllIsDead({ bus, make, finish }: BusHarness): Promise<void> {
  const everything = recorder('everything');
  bus.subscribe(everything);
  const kim = make.registered('kim');
  const unprintable = { toString: 1, valueOf: 1 };

  await bus.publish([
    disguised(null as never),
    disguised('text' as never),
    disguised({ ...kim, id: unprintable, type: unprintable }),
    kim,
  ]);
  await finish();

  expect(idsOf(everything.handled)).toEqual([kim.id]);
  const letters = await bus.deadLetters();
  expect(letters.map(({ messageId, messageType }) => [messageId, messageType])).toEqual(
    Array(3).fill(['unknown', 'unknown']),
  );
}

async function anInvalidEmissionIsDeadAndTheOthersLeave({ bus, make, finish }: BusHarness): Promise<void> {
  const helmet = make.priceChanged('helmet');
  const bad = disguised({ ...make.priceChanged('bell'), data: {} });
  const listener = recorder('listener', ['PriceChanged']);
  bus.subscribe(listener);
  bus.subscribe(
    recorder('emitter', ['CustomerRegistered'], async (_message, context) => context.publish([bad, helmet])),
  );

  await bus.publish([make.registered('kim')]);
  await finish();

  expect(idsOf(listener.handled)).toEqual([helmet.id]);
  const letters = await bus.deadLetters();
  expect(letters.map(({ messageId, subscriber }) => [messageId, subscriber])).toEqual([[bad.id, null]]);
}

async function olderVersionsArriveUpcast({ bus, make, finish }: BusHarness): Promise<void> {
  const subscriber = recorder('orders', ['OrderStatusChanged']);
  bus.subscribe(subscriber);
  const newest = make.orderPlaced('order-1');
  const { reason, ...data } = newest.data;

  await bus.publish([disguised({ ...newest, schemaVersion: 1, data })]);
  await finish();

  expect(subscriber.handled).toEqual([newest]);
}

export const validationRows: BusRows = {
  'a message of unknown type or version, or that does not fit, is dead, and the others of the call arrive':
    aMessageThatFitsNothingIsDead,
  'what is no message at all is dead, and the others of the call arrive': whatIsNoMessageAtAllIsDead,
  'an invalid message among those emitted is dead, and the others leave':
    anInvalidEmissionIsDeadAndTheOthersLeave,
  'messages of older versions arrive in the newest': olderVersionsArriveUpcast,
};
