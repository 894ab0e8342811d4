import { expect, test } from 'vitest';
import { InFlightCounter } from '../../src/kernel/index.ts';
import { manyTurns } from '../support/bus.ts';

/** Says whether the promise has resolved. */
function watched(promise: Promise<void>): () => boolean {
  let isResolved = false;
  void promise.then(() => {
    isResolved = true;
  });
  return () => isResolved;
}

test('it is idle when all that entered has left', async () => {
  const counter = new InFlightCounter();
  counter.enter();
  counter.enter(2);
  const isIdle = watched(counter.idle());

  counter.leave(2);
  await manyTurns();
  expect({ count: counter.count, isIdle: isIdle() }).toEqual({ count: 1, isIdle: false });
  counter.leave();
  await manyTurns();

  expect({ count: counter.count, isIdle: isIdle() }).toEqual({ count: 0, isIdle: true });
});

test('what follows within a turn of what was waited for is waited for as well', async () => {
  const counter = new InFlightCounter();
  let finish = (): void => {};
  const call = counter.during(
    new Promise<void>((resolve) => {
      finish = resolve;
    }),
  );
  const followed = call.then(async () => {
    await Promise.resolve();
    counter.enter();
  });
  const isIdle = watched(counter.idle());

  finish();
  await followed;
  await manyTurns();
  expect(isIdle()).toBe(false);
  counter.leave();
  await manyTurns();

  expect(isIdle()).toBe(true);
});

test('a failure leaves too', async () => {
  const counter = new InFlightCounter();

  await expect(counter.during(Promise.reject(new Error('no')))).rejects.toThrow('no');

  expect(counter.count).toBe(0);
});

test('the whole is not idle as long as one of its parts is not', async () => {
  const whole = new InFlightCounter();
  const [bus, delivery] = [new InFlightCounter(whole), new InFlightCounter(whole)];
  bus.enter(3);
  delivery.enter();
  const [isBusIdle, isAllIdle] = [watched(bus.idle()), watched(whole.idle())];

  bus.leave(3);
  await manyTurns();
  expect({ bus: isBusIdle(), all: isAllIdle() }).toEqual({ bus: true, all: false });
  delivery.leave();
  await manyTurns();

  expect({ count: whole.count, all: isAllIdle() }).toEqual({ count: 0, all: true });
});

test('whoever waits is told that it will not come to its end for now, and may wait again', async () => {
  const whole = new InFlightCounter();
  const part = new InFlightCounter(whole);
  part.enter();
  const waiting = [part.idle(), whole.idle()];
  const outcomes = Promise.allSettled(waiting);

  part.interrupt(new Error('the datastore is gone'));
  expect(await outcomes).toMatchObject([
    { status: 'rejected', reason: { message: 'the datastore is gone' } },
    { status: 'rejected', reason: { message: 'the datastore is gone' } },
  ]);
  const isIdle = watched(whole.idle());
  part.leave();
  await manyTurns();

  expect(isIdle()).toBe(true);
});

test('nothing entered or left changes nothing', async () => {
  const whole = new InFlightCounter();
  const part = new InFlightCounter(whole);

  part.enter(0);
  part.leave(0);

  expect([part.count, whole.count]).toEqual([0, 0]);
});
