import { expect } from 'vitest';
import type { Message } from '../../../src/events/index.ts';
import { type BusHarness, type BusRows, recorder, type ShopMessage } from '../../support/bus.ts';
import { fittingData, usd } from '../../support/events.ts';

type Alterable = { type: string; subject: string; data: { customerId: string } };

const offences: Readonly<Record<string, (message: Alterable) => void>> = {
  'sets the type': (message) => {
    message.type = 'PriceChanged';
  },
  'sets what it says': (message) => {
    message.data.customerId = 'lee';
  },
  'adds to what it says': (message) => void Object.assign(message.data, { note: 'seen' }),
  'takes the data away': (message) => {
    delete (message as Partial<Alterable>).data;
  },
};

async function whoChangesAMessageFailsAlone({ bus, make, finish }: BusHarness): Promise<void> {
  for (const [name, offend] of Object.entries(offences)) {
    bus.subscribe(recorder(name, '*', async (message) => offend(message as unknown as Alterable)));
  }
  const healthy = recorder('healthy');
  bus.subscribe(healthy);
  const kim = make.registered('kim');

  await bus.publish([kim]);
  await finish();

  expect(healthy.handled).toEqual([kim]);
  const letters = await bus.deadLetters();
  expect(letters.map(({ subscriber }) => subscriber).sort()).toEqual(Object.keys(offences).sort());
  expect(new Set(letters.map(({ error }) => error.name))).toEqual(new Set(['TypeError']));
}

async function whatIsDeepInsideCannotBeChangedEither({ bus, make, finish }: BusHarness): Promise<void> {
  const offender = recorder('offender', ['PriceChanged'], async (message) => {
    (message as Message<string, { price: { amount: number } }>).data.price.amount = 1;
  });
  const witness = recorder('witness');
  for (const subscriber of [offender, witness]) bus.subscribe(subscriber);

  await bus.publish([make.priceChanged('helmet')]);
  await finish();

  expect(witness.handled).toMatchObject([{ data: { price: fittingData.PriceChanged.price } }]);
  expect(await bus.deadLetters()).toMatchObject([{ subscriber: 'offender', error: { name: 'TypeError' } }]);
}

async function whatAHandlerEmitsCannotBeChanged({ bus, make, finish }: BusHarness): Promise<void> {
  const emitted = make.priceChanged('helmet');
  bus.subscribe(
    recorder('emitter', ['CustomerRegistered'], async (_message, context) => context.publish([emitted])),
  );
  const offender = recorder('offender', ['PriceChanged'], async (message) => {
    Object.assign(message.data as object, { previousPrice: usd(1) });
  });
  const witness = recorder('witness', ['PriceChanged']);
  for (const subscriber of [offender, witness]) bus.subscribe(subscriber);

  await bus.publish([make.registered('kim')]);
  await finish();

  expect(witness.handled).toEqual([emitted]);
  expect(await bus.deadLetters()).toMatchObject([{ subscriber: 'offender', error: { name: 'TypeError' } }]);
}

async function thePublisherKeepsItsOwn({ bus, make, finish }: BusHarness): Promise<void> {
  const handled: ShopMessage[] = [];
  bus.subscribe(recorder('reader', '*', async (message) => void handled.push(message)));
  const kim = make.registered('kim');

  await bus.publish([kim]);
  Object.assign(kim.data, { customerId: 'somebody else' });
  await finish();

  expect(handled).toMatchObject([{ data: { customerId: 'kim' } }]);
}

export const immutabilityRows: BusRows = {
  'a subscriber that changes a message fails with a TypeError, and the others see it as it was':
    whoChangesAMessageFailsAlone,
  'what is deep inside a message cannot be changed either': whatIsDeepInsideCannotBeChangedEither,
  'what a handler emits cannot be changed': whatAHandlerEmitsCannotBeChanged,
  'what a publisher does to its own message afterwards changes nothing': thePublisherKeepsItsOwn,
};
