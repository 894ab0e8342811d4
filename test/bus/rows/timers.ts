import { expect } from 'vitest';
import { PutOffError } from '../../../src/bus/index.ts';
import {
  type BusHarness,
  type BusRows,
  closedGate,
  manyTurns,
  recorder,
  type ShopMessage,
  until,
} from '../../support/bus.ts';

/** Schedules what the story says when a customer registers; the other listens to what comes of it. */
function scheduler({ bus, clock }: BusHarness, act: Parameters<typeof recorder>[2]) {
  const heard: string[] = [];
  const beganAtMs = clock.now();
  bus.subscribe(recorder('scheduler', ['CustomerRegistered'], act));
  bus.subscribe(
    recorder('listener', ['PriceChanged'], async ({ subject }) => {
      heard.push(`${subject} after ${clock.now() - beganAtMs} ms`);
    }),
  );
  return heard;
}

async function whatIsScheduledComesAtItsTime(harness: BusHarness): Promise<void> {
  const { bus, clock, make, finish } = harness;
  const heard = scheduler(harness, async ({ subject }, context) => {
    context.schedule('late', clock.now() + 900, make.priceChanged(`late-${subject}`));
    context.schedule('soon', clock.now() + 200, make.priceChanged(`soon-${subject}`));
  });

  await bus.publish([make.registered('kim')]);
  await bus.settle();
  expect(heard).toEqual([]);
  await finish();

  expect(heard).toEqual(['soon-kim after 200 ms', 'late-kim after 900 ms']);
}

async function oneUnderEachKey(harness: BusHarness): Promise<void> {
  const { bus, clock, make, finish } = harness;
  let registered = 0;
  const heard = scheduler(harness, async ({ subject }, context) => {
    registered++;
    context.schedule('any', clock.now() + 100 * registered, make.priceChanged(`${subject}-${registered}`));
  });

  await bus.publish(['kim', 'kim', 'kim'].map(make.registered));
  await finish();

  expect(heard).toEqual(['kim-3 after 300 ms']);
}

async function whatIsCancelledNeverComes(harness: BusHarness): Promise<void> {
  const { bus, clock, make, finish } = harness;
  const heard = scheduler(harness, async ({ subject }, context) => {
    if (subject === 'lee') context.cancel('kim');
    else context.schedule(subject, clock.now() + 100, make.priceChanged(subject));
  });

  await bus.publish(['kim', 'mia'].map(make.registered));
  await bus.settle();
  await bus.publish([make.registered('lee')]);
  await finish();

  expect(heard).toEqual(['mia after 100 ms']);
}

async function whatAFailingHandlerScheduledNeverComes(harness: BusHarness): Promise<void> {
  const { bus, clock, make, finish } = harness;
  const heard = scheduler(harness, async ({ subject }, context) => {
    context.schedule('any', clock.now() + 100, make.priceChanged(subject));
    throw new Error('never');
  });

  await bus.publish([make.registered('kim')]);
  await finish();

  expect(heard).toEqual([]);
}

async function whatIsLongDueComesAtOnce(harness: BusHarness): Promise<void> {
  const { bus, clock, make, finish } = harness;
  const heard = scheduler(harness, async ({ subject }, context) => {
    context.schedule('any', clock.now() - 1000, make.priceChanged(subject));
  });

  await bus.publish([make.registered('kim')]);
  await finish();

  expect(heard).toEqual(['kim after 0 ms']);
}

async function manyComeInTheirOrder(harness: BusHarness): Promise<void> {
  const { bus, clock, make, finish } = harness;
  const beganAtMs = clock.now();
  const delays = Array.from({ length: 600 }, (_, index) => ((index * 7919) % 23) * 10);
  const heard = scheduler(harness, async (_, context) => {
    for (const [index, delayMs] of delays.entries())
      context.schedule(`key-${index}`, beganAtMs + delayMs, make.priceChanged(`p-${index}`));
  });

  await bus.publish([make.registered('kim')]);
  await finish();

  const times = heard.map((line) => Number(/after (\d+) ms/.exec(line)?.[1]));
  expect(times).toEqual(delays.toSorted((one, other) => one - other));
}

async function whatIsScheduledOutlivesTheProcess(harness: BusHarness): Promise<void> {
  const { bus, clock, make, restart } = harness;
  const beganAtMs = clock.now();
  scheduler(harness, async ({ subject }, context) =>
    context.schedule('any', beganAtMs + 100, make.priceChanged(subject)),
  );
  await bus.publish([make.registered('kim')]);
  await bus.settle();

  const successor = await restart();
  const listener = recorder('listener', ['PriceChanged']);
  successor.subscribe(listener);
  await successor.settle();
  expect(listener.handled).toEqual([]);
  await clock.advanceTo(beganAtMs + 100, () => successor.settle());

  expect(listener.handled).toHaveLength(successor.capabilities.durable ? 1 : 0);
}

async function whatIsPutOffIsNoAttempt({ bus, clock, make, finish }: BusHarness): Promise<void> {
  const beganAtMs = clock.now();
  const seen: string[] = [];
  const isFree = (): boolean => clock.now() >= beganAtMs + 5000;
  bus.subscribe(
    recorder('mailer', '*', async ({ subject }, { attempt }) => {
      seen.push(`${subject} ${attempt} after ${clock.now() - beganAtMs} ms`);
      if (subject === 'kim' && !isFree()) throw new PutOffError(clock.now() + 2500);
    }),
  );

  await bus.publish(['kim', 'lee'].map(make.registered));
  await finish();

  expect(seen.filter((line) => line.startsWith('lee'))).toEqual(['lee 1 after 0 ms']);
  expect(seen.filter((line) => line.startsWith('kim'))).toEqual([
    'kim 1 after 0 ms',
    'kim 1 after 2500 ms',
    'kim 1 after 5000 ms',
  ]);
  expect(await bus.deadLetters()).toEqual([]);
}

async function noMoreInHandThanItWants({ bus, make }: BusHarness): Promise<void> {
  const gate = closedGate();
  const begun: ShopMessage[] = [];
  bus.subscribe({
    ...recorder('mailer', '*', async (message) => {
      begun.push(message);
      await gate.opened;
    }),
    concurrency: 2,
  });

  await bus.publish(['kim', 'lee', 'mia', 'ned'].map(make.registered));
  await until(() => begun.length === 2);
  await manyTurns();
  expect(begun).toHaveLength(2);
  gate.open();
  await bus.settle();

  expect(begun).toHaveLength(4);
}

export const timerRows: BusRows = {
  'what is scheduled is published at its time': whatIsScheduledComesAtItsTime,
  'of what is scheduled under one key the last counts': oneUnderEachKey,
  'what is cancelled is never published': whatIsCancelledNeverComes,
  'what a failing handler scheduled is never published': whatAFailingHandlerScheduledNeverComes,
  'what is scheduled for a time that is past is published at once': whatIsLongDueComesAtOnce,
  'of hundreds that are scheduled each comes once, in the order of their times': manyComeInTheirOrder,
  'durable: what is scheduled outlives the process': whatIsScheduledOutlivesTheProcess,
  'a message that is put off comes again as at the same attempt, and holds up nothing':
    whatIsPutOffIsNoAttempt,
  'a subscriber has no more subjects in hand than it wants': noMoreInHandThanItWants,
};
