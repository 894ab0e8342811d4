import { expect } from 'vitest';
import { BusClosedError } from '../../../src/bus/index.ts';
import { type BusHarness, type BusRows, closedGate, manyTurns, recorder, until } from '../../support/bus.ts';

async function closingFinishesWhatIsInHand({ bus, make }: BusHarness): Promise<void> {
  const gate = closedGate();
  const emitter = recorder('emitter', ['CustomerRegistered'], async (_message, context) => {
    await gate.opened;
    context.publish([make.priceChanged('helmet')]);
  });
  let heard = 0;
  const listener = recorder('listener', ['PriceChanged'], async () => {
    await manyTurns();
    heard++;
  });
  bus.subscribe(emitter);
  bus.subscribe(listener);
  await bus.publish([make.registered('kim')]);
  await until(() => emitter.handled.length === 1);

  let isClosed = false;
  const closed = bus.close().then(() => {
    isClosed = true;
  });
  await manyTurns();
  expect(isClosed).toBe(false);
  gate.open();
  await closed;

  expect(heard).toBe(1);
}

async function closingGivesItToOneThatIsStillBeingLetIn({ bus, make }: BusHarness): Promise<void> {
  const gate = closedGate();
  const emitter = recorder('emitter', ['CustomerRegistered'], async (_message, context) => {
    await gate.opened;
    context.publish([make.priceChanged('helmet')]);
  });
  const listener = recorder('listener', ['PriceChanged']);
  bus.subscribe(emitter);
  await bus.publish([make.registered('kim')]);
  await until(() => emitter.handled.length === 1);
  bus.subscribe(listener);

  const closed = bus.close();
  gate.open();
  await closed;

  expect(listener.handled).toHaveLength(1);
}

async function aClosedBusTakesNoMore({ bus, make }: BusHarness): Promise<void> {
  const subscriber = recorder('any');
  bus.subscribe(subscriber);
  await bus.close();

  await expect(bus.publish([make.registered('kim')])).rejects.toThrow(BusClosedError);
  expect(() => bus.subscribe(recorder('late'))).toThrow(BusClosedError);
  await manyTurns();
  expect(subscriber.handled).toEqual([]);
}

async function aClosingBusTakesNoMoreEither({ bus, make }: BusHarness): Promise<void> {
  const gate = closedGate();
  const subscriber = recorder('slow', '*', () => gate.opened);
  bus.subscribe(subscriber);
  await bus.publish([make.registered('kim')]);
  await until(() => subscriber.handled.length === 1);
  const closed = bus.close();

  await expect(bus.publish([make.registered('lee')])).rejects.toThrow(BusClosedError);
  expect(() => bus.subscribe(recorder('late'))).toThrow(BusClosedError);

  gate.open();
  await closed;
  expect(subscriber.handled).toHaveLength(1);
}

async function closingTwiceIsNoTrouble({ bus }: BusHarness): Promise<void> {
  await Promise.all([bus.close(), bus.close()]);

  await expect(bus.close()).resolves.toBeUndefined();
}

export const closingRows: BusRows = {
  'closing finishes what is in hand, and what that emits': closingFinishesWhatIsInHand,
  'closing gives what that emits to one that is still being let in, too':
    closingGivesItToOneThatIsStillBeingLetIn,
  'a closed bus refuses messages and subscribers': aClosedBusTakesNoMore,
  'a bus that is being closed refuses them too': aClosingBusTakesNoMoreEither,
  'closing twice is no trouble': closingTwiceIsNoTrouble,
};
