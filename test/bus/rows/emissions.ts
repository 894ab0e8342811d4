import { expect } from 'vitest';
import {
  type BusHarness,
  type BusRows,
  closedGate,
  idsOf,
  manyTurns,
  recorder,
  until,
} from '../../support/bus.ts';

async function whatIsEmittedLeavesWithTheSuccess({ bus, make, finish }: BusHarness): Promise<void> {
  const gate = closedGate();
  const emitted = [make.priceChanged('helmet'), make.priceChanged('bell')];
  const emitter = recorder('emitter', ['CustomerRegistered'], async (_message, context) => {
    context.publish(emitted);
    await gate.opened;
  });
  const listener = recorder('listener', ['PriceChanged']);
  bus.subscribe(emitter);
  bus.subscribe(listener);
  await bus.publish([make.registered('kim')]);
  await until(() => emitter.handled.length === 1);
  await manyTurns();
  expect(listener.handled).toEqual([]);

  gate.open();
  await finish();

  expect(idsOf(listener.handled).sort()).toEqual(idsOf(emitted).sort());
}

async function whatAFailingHandlerEmittedIsNeverSeen({ bus, make, finish }: BusHarness): Promise<void> {
  const listener = recorder('listener', ['PriceChanged']);
  bus.subscribe(listener);
  bus.subscribe(
    recorder('emitter', ['CustomerRegistered'], async (_message, context) => {
      context.publish([make.priceChanged('helmet')]);
      throw new Error('after all not');
    }),
  );

  await bus.publish([make.registered('kim')]);
  await finish();

  expect(listener.handled).toEqual([]);
  expect((await bus.deadLetters()).map(({ subscriber }) => subscriber)).toEqual(['emitter']);
}

async function settlingWaitsForChains({ bus, make }: BusHarness): Promise<void> {
  const emitter = recorder('emitter', '*', async ({ subject }, context) => {
    await manyTurns();
    const left = Number(subject);
    if (left > 0) context.publish([make.registered(String(left - 1)), make.registered('0')]);
  });
  bus.subscribe(emitter);

  await bus.publish([make.registered('4')]);
  await bus.settle();

  const subjects = emitter.handled.map(({ subject }) => subject).sort();
  expect(subjects).toEqual(['0', '0', '0', '0', '0', '1', '2', '3', '4']);
}

async function oneCanEmitToOneself({ bus, make, finish }: BusHarness): Promise<void> {
  const again = make.registered('kim');
  const subscriber = recorder('echo', '*', async ({ id }, context) => {
    if (id !== again.id) context.publish([again]);
  });
  bus.subscribe(subscriber);
  const first = make.registered('kim');

  await bus.publish([first]);
  await finish();

  expect(idsOf(subscriber.handled)).toEqual([first.id, again.id]);
}

async function settlingAnIdleBusResolves({ bus, make, finish }: BusHarness): Promise<void> {
  await bus.settle();
  const subscriber = recorder('any');
  bus.subscribe(subscriber);
  await bus.settle();
  await bus.publish([make.registered('kim')]);

  await Promise.all([bus.settle(), bus.settle(), finish()]);

  expect(subscriber.handled).toHaveLength(1);
}

export const emissionRows: BusRows = {
  'what a handler emits leaves only when it has succeeded': whatIsEmittedLeavesWithTheSuccess,
  'what a failing handler emitted is never seen': whatAFailingHandlerEmittedIsNeverSeen,
  'settling waits for what handlers emit, and for what that leads to': settlingWaitsForChains,
  'a handler can emit a message to its own subscriber, on the same subject': oneCanEmitToOneself,
  'settling an idle bus resolves, also for several who wait': settlingAnIdleBusResolves,
};
