import { expect } from 'vitest';
import { type BusHarness, type BusRows, closedGate, idsOf, recorder } from '../../support/bus.ts';

async function everySubscriberIsGivenWhatItAskedFor({ bus, make, finish }: BusHarness): Promise<void> {
  const customers = recorder('customers', ['CustomerRegistered']);
  const prices = recorder('prices', ['PriceChanged']);
  const both = recorder('both', ['CustomerRegistered', 'PriceChanged']);
  for (const subscriber of [customers, prices, both]) bus.subscribe(subscriber);
  const [kim, lee, helmet] = [make.registered('kim'), make.registered('lee'), make.priceChanged('helmet')];

  await bus.publish([kim, helmet]);
  await bus.publish([lee]);
  await finish();

  expect(customers.handled).toEqual([kim, lee]);
  expect(prices.handled).toEqual([helmet]);
  expect(both.handled).toHaveLength(3);
  expect(both.handled).toEqual(expect.arrayContaining([kim, lee, helmet]));
  expect(await bus.deadLetters()).toEqual([]);
}

async function whoAsksForAllIsGivenEveryType({ bus, make, finish }: BusHarness): Promise<void> {
  const everything = recorder('everything', '*');
  bus.subscribe(everything);
  const messages = [make.registered('kim'), make.priceChanged('helmet'), make.orderPlaced('order-1')];

  await bus.publish(messages);
  await finish();

  expect(idsOf(everything.handled).sort()).toEqual(idsOf(messages).sort());
}

async function aSecondSubscriberIsNoDuplicate({ bus, make, finish }: BusHarness): Promise<void> {
  const subscribers = ['first', 'second', 'third'].map((name) => recorder(name));
  for (const subscriber of subscribers) bus.subscribe(subscriber);
  const kim = make.registered('kim');

  await bus.publish([kim]);
  await finish();

  expect(subscribers.map(({ handled }) => idsOf(handled))).toEqual([[kim.id], [kim.id], [kim.id]]);
}

async function aRepeatedMessageHasOneEffectOnEach({ bus, make, finish }: BusHarness): Promise<void> {
  const subscribers = ['first', 'second'].map((name) => recorder(name));
  for (const subscriber of subscribers) bus.subscribe(subscriber);
  const [kim, lee] = [make.registered('kim'), make.registered('lee')];

  await bus.publish([kim, kim, lee]);
  await bus.publish([kim]);
  await finish();
  await bus.publish([kim, lee]);
  await finish();

  for (const { handled } of subscribers) expect(idsOf(handled).sort()).toEqual([kim.id, lee.id].sort());
}

async function aMessageWithoutSubscribersIsNoTrouble({ bus, make, finish }: BusHarness): Promise<void> {
  await bus.publish([make.registered('kim')]);
  await bus.publish([]);
  await finish();

  expect(await bus.deadLetters()).toEqual([]);
}

async function publishingDoesNotWaitForHandlers({ bus, make, finish }: BusHarness): Promise<void> {
  const gate = closedGate();
  let isDone = false;
  bus.subscribe(
    recorder('slow', '*', async () => {
      await gate.opened;
      isDone = true;
    }),
  );

  await bus.publish([make.registered('kim')]);

  expect(isDone).toBe(false);
  gate.open();
  await finish();
  expect(isDone).toBe(true);
}

async function theFirstAttemptIsNumberOne({ bus, make, finish }: BusHarness): Promise<void> {
  const attempts: number[] = [];
  bus.subscribe(recorder('counter', '*', async (_message, { attempt }) => void attempts.push(attempt)));

  await bus.publish([make.registered('kim'), make.registered('lee')]);
  await finish();

  expect(attempts).toEqual([1, 1]);
}

export const deliveryRows: BusRows = {
  'every subscriber is given what it asked for, and nothing else': everySubscriberIsGivenWhatItAskedFor,
  'who asks for all is given every type': whoAsksForAllIsGivenEveryType,
  'a second subscriber of a message is not mistaken for a duplicate': aSecondSubscriberIsNoDuplicate,
  'a repeated message has one effect on each subscriber': aRepeatedMessageHasOneEffectOnEach,
  'a message that nobody asked for is no trouble': aMessageWithoutSubscribersIsNoTrouble,
  'publishing does not wait for handlers': publishingDoesNotWaitForHandlers,
  'the first attempt is number one': theFirstAttemptIsNumberOne,
};
