import { expect, it, test } from 'vitest';
import { DurableEventBus } from '../../../src/bus/index.ts';
import { AlreadyConsumedError, openDatastore } from '../../../src/datastore/index.ts';
import { shopEvents } from '../../../src/events/index.ts';
import { defaultRetryPolicy, seededRandom, VirtualClock } from '../../../src/kernel/index.ts';
import { Pause } from '../../../src/lab/faults/index.ts';
import { closedGate, idsOf, manyTurns, nextTurn, recorder } from '../../support/bus.ts';
import { eventMaker, eventsBeginAtMs } from '../../support/events.ts';

const leaseMs = 30_000;

/** Buses on one datastore, by one clock. */
function workplace() {
  const clock = new VirtualClock(eventsBeginAtMs);
  const datastore = openDatastore();
  const workers: { readonly bus: DurableEventBus<typeof shopEvents>; readonly pause: Pause }[] = [];
  const settle = async (): Promise<void> => {
    for (let round = 0; round < 3; round++)
      for (const { bus, pause } of workers) if (!pause.isPaused) await bus.settle();
  };
  return {
    clock,
    datastore,
    make: eventMaker(clock),
    settle,
    open() {
      const pause = new Pause();
      const bus = new DurableEventBus({
        catalogue: shopEvents,
        clock: pause.clock(clock),
        datastore: pause.datastore(datastore),
        random: seededRandom(1),
        retry: { ...defaultRetryPolicy, maxAttempts: 3 },
      });
      const worker = { bus, pause };
      workers.push(worker);
      return worker;
    },
    advanceTo: (atMs: number) => clock.advanceTo(atMs, settle),
  };
}

test('of two buses in one process one handles each message, and what the other publishes, in its order', async () => {
  const { open, make, settle } = workplace();
  const [first, second] = [open(), open()];
  const [mailer, standIn] = [recorder('mailer'), recorder('mailer')];
  first.bus.subscribe(mailer);
  await first.bus.settle();
  second.bus.subscribe(standIn);
  await second.bus.settle();
  const messages = [make.registered('kim'), make.registered('kim'), make.registered('lee')];

  for (const [index, message] of messages.entries())
    await (index % 2 === 0 ? second : first).bus.publish([message]);
  await settle();

  expect(idsOf(mailer.handled)).toEqual(idsOf(messages));
  expect(standIn.handled).toEqual([]);
});

it('the second goes on where the first was when that has closed, retries and timers too', async () => {
  const { open, make, settle, advanceTo, clock } = workplace();
  const [first, second] = [open(), open()];
  const later = make.registered('mia');
  const failing = recorder('mailer', ['CustomerRegistered'], async (message, context) => {
    if (message.subject === 'lee') throw new Error('not yet');
    context.schedule('later', clock.now() + 60_000, later);
  });
  first.bus.subscribe(failing);
  const standIn = recorder('mailer', ['CustomerRegistered']);
  second.bus.subscribe(standIn);
  const [kim, lee] = [make.registered('kim'), make.registered('lee')];
  await first.bus.publish([kim, lee]);
  await settle();

  await first.bus.close();
  await second.bus.settle();
  await advanceTo(clock.now() + 120_000);

  expect(idsOf(failing.handled)).toEqual(idsOf([kim, lee]));
  expect(idsOf(standIn.handled)).toEqual(idsOf([lee, later]));
});

it('a bus that is paused loses what it had in hand when its lease has run out, and acknowledges nothing of it', async () => {
  const { open, make, advanceTo, settle, datastore } = workplace();
  const [first, second] = [open(), open()];
  const gate = closedGate();
  const emitted = make.registered('mia');
  const slow = recorder('mailer', '*', async (message, context) => {
    if (message.subject !== 'kim') return;
    await gate.opened;
    context.publish([emitted]);
  });
  const standIn = recorder('mailer');
  first.bus.subscribe(slow);
  await first.bus.settle();
  second.bus.subscribe(standIn);
  const [kim, lee] = [make.registered('kim'), make.registered('lee')];
  await first.bus.publish([kim]);
  await manyTurns();
  first.pause.begin();

  await advanceTo(eventsBeginAtMs + leaseMs);
  expect(idsOf(standIn.handled)).toEqual([kim.id]);

  gate.open();
  first.pause.end();
  await nextTurn();
  await second.bus.publish([lee]);
  await settle();

  expect(idsOf(slow.handled)).toEqual([kim.id]);
  expect(idsOf(standIn.handled)).toEqual(idsOf([kim, lee]));
  expect(await datastore.eventLog.find(emitted.id)).toBeUndefined();
  expect(await first.bus.deadLetters()).toEqual([]);
});

it('what it is asked to publish when it is back is published all the same', async () => {
  const { open, make, advanceTo, settle } = workplace();
  const [first, second] = [open(), open()];
  const [mailer, standIn] = [recorder('mailer'), recorder('mailer')];
  first.bus.subscribe(mailer);
  await first.bus.settle();
  second.bus.subscribe(standIn);
  await second.bus.settle();
  first.pause.begin();
  await advanceTo(eventsBeginAtMs + leaseMs);
  first.pause.end();
  const kim = make.registered('kim');

  await first.bus.publish([kim]);
  await settle();

  expect(idsOf(standIn.handled)).toEqual([kim.id]);
  expect(mailer.handled).toEqual([]);
});

it('who stands by cannot replay, and has nothing in hand', async () => {
  const { open, make } = workplace();
  const [first, second] = [open(), open()];
  first.bus.subscribe(recorder('mailer'));
  await first.bus.settle();
  second.bus.subscribe(recorder('mailer'));
  await second.bus.publish([make.registered('kim')]);
  await second.bus.settle();

  await expect(second.bus.replay('mailer', { fromPosition: 1 })).rejects.toThrow(AlreadyConsumedError);
  expect(second.bus.inFlight.count).toBe(0);
});

it('a dead letter that the second re-drives is handled by the first', async () => {
  const { open, make, settle, advanceTo, clock } = workplace();
  const [first, second] = [open(), open()];
  let isMended = false;
  const mailer = recorder('mailer', '*', async () => {
    if (!isMended) throw new Error('a bug');
  });
  first.bus.subscribe(mailer);
  await first.bus.settle();
  second.bus.subscribe(recorder('mailer'));
  await first.bus.publish([make.registered('kim')]);
  await settle();
  await advanceTo(clock.now() + 600_000);
  const [letter = expect.fail('it was given up')] = await second.bus.deadLetters();
  isMended = true;

  await second.bus.redrive(letter.id);
  await settle();

  expect(mailer.handled).toHaveLength(4);
  expect(await second.bus.deadLetters()).toEqual([]);
});

it('who finishes what is in hand takes over from nobody any more', async () => {
  const { open, make, settle } = workplace();
  const [first, second, third] = [open(), open(), open()];
  const [mailer, standIn, other] = [recorder('mailer'), recorder('mailer'), recorder('mailer')];
  for (const [{ bus }, subscriber] of [
    [first, mailer],
    [second, standIn],
    [third, other],
  ] as const) {
    bus.subscribe(subscriber);
    await bus.settle();
  }

  await second.bus.finishInHand();
  await first.bus.close();
  await third.bus.publish([make.registered('kim')]);
  await manyTurns();
  expect(standIn.handled).toEqual([]);

  await second.bus.close();
  await settle();
  expect(other.handled.map(({ subject }) => subject)).toEqual(['kim']);
});
