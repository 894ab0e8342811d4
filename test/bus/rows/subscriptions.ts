import { expect } from 'vitest';
import { DuplicateSubscriberError } from '../../../src/bus/index.ts';
import {
  type BusHarness,
  type BusRows,
  closedGate,
  idsOf,
  manyTurns,
  recorder,
  until,
} from '../../support/bus.ts';

async function aNewSubscriberIsGivenWhatComesFromNowOn({ bus, make, finish }: BusHarness): Promise<void> {
  const [before, after] = [make.registered('kim'), make.registered('lee')];
  await bus.publish([before]);
  await finish();
  const late = recorder('late');
  bus.subscribe(late);

  await bus.publish([after]);
  await finish();

  expect(idsOf(late.handled)).toEqual([after.id]);
}

async function unsubscribingEndsDelivery({ bus, make, finish }: BusHarness): Promise<void> {
  const [leaver, stayer] = [recorder('leaver'), recorder('stayer')];
  const leave = bus.subscribe(leaver);
  bus.subscribe(stayer);
  const [before, after] = [make.registered('kim'), make.registered('lee')];
  await bus.publish([before]);
  await finish();

  leave();
  await bus.publish([after]);
  await finish();

  expect(idsOf(leaver.handled)).toEqual([before.id]);
  expect(idsOf(stayer.handled)).toEqual([before.id, after.id]);
}

async function whatWaitedForOneWhoLeftIsNotDelivered({ bus, make, finish }: BusHarness): Promise<void> {
  const gate = closedGate();
  const leaver = recorder('leaver', '*', () => gate.opened);
  const leave = bus.subscribe(leaver);
  const [inHand, waiting] = [make.registered('kim'), make.registered('kim')];
  await bus.publish([inHand, waiting]);
  await until(() => leaver.handled.length === 1);

  leave();
  gate.open();
  await finish();
  await manyTurns();

  expect(idsOf(leaver.handled)).toEqual([inHand.id]);
}

async function settlingWaitsForOneWhoLeftWithAMessageInHand({
  bus,
  make,
  finish,
}: BusHarness): Promise<void> {
  const gate = closedGate();
  const leaver = recorder('leaver', ['CustomerRegistered'], async (_message, context) => {
    await gate.opened;
    context.publish([make.priceChanged('helmet')]);
  });
  const stayer = recorder('stayer', ['PriceChanged']);
  const leave = bus.subscribe(leaver);
  bus.subscribe(stayer);
  await bus.publish([make.registered('kim')]);
  await until(() => leaver.handled.length === 1);
  leave();

  let hasSettled = false;
  const settled = bus.settle().then(() => {
    hasSettled = true;
  });
  await manyTurns();
  expect(hasSettled).toBe(false);
  gate.open();
  await settled;
  await finish();

  expect(stayer.handled).toHaveLength(1);
}

async function aNameIsTakenOnce({ bus }: BusHarness): Promise<void> {
  bus.subscribe(recorder('mailer', ['CustomerRegistered']));

  expect(() => bus.subscribe(recorder('mailer', ['PriceChanged']))).toThrow(DuplicateSubscriberError);
  expect(() => bus.subscribe(recorder('mailer', '*'))).toThrow('there is a subscriber "mailer" already');
}

async function theOneRefusedChangesNothing({ bus, make, finish }: BusHarness): Promise<void> {
  const [first, refused] = [recorder('mailer'), recorder('mailer')];
  bus.subscribe(first);
  expect(() => bus.subscribe(refused)).toThrow(DuplicateSubscriberError);
  const kim = make.registered('kim');

  await bus.publish([kim]);
  await finish();

  expect(idsOf(first.handled)).toEqual([kim.id]);
  expect(refused.handled).toEqual([]);
}

async function leavingTwiceLeavesASuccessorAlone({ bus, make, finish }: BusHarness): Promise<void> {
  const [predecessor, successor] = [recorder('mailer'), recorder('mailer', '*', manyTurns)];
  const leave = bus.subscribe(predecessor);
  leave();
  bus.subscribe(successor);
  const kim = make.registered('kim');

  leave();

  expect(() => bus.subscribe(recorder('mailer'))).toThrow(DuplicateSubscriberError);
  await bus.publish([kim]);
  await finish();
  expect(predecessor.handled).toEqual([]);
  expect(idsOf(successor.handled)).toEqual([kim.id]);
}

export const subscriptionRows: BusRows = {
  'a new subscriber is given what comes from now on': aNewSubscriberIsGivenWhatComesFromNowOn,
  'unsubscribing ends delivery, for that subscriber alone': unsubscribingEndsDelivery,
  'what waited for one who left is not delivered': whatWaitedForOneWhoLeftIsNotDelivered,
  'settling waits for one who left with a message in hand': settlingWaitsForOneWhoLeftWithAMessageInHand,
  'two subscribers cannot share a name': aNameIsTakenOnce,
  'a subscriber that was refused changes nothing': theOneRefusedChangesNothing,
  'unsubscribing twice leaves a successor of the same name alone': leavingTwiceLeavesASuccessorAlone,
};
