import { expect } from 'vitest';
import { defaultRetryPolicy } from '../../../src/kernel/index.ts';
import {
  type BusHarness,
  type BusRows,
  closedGate,
  manyTurns,
  recorder,
  type ShopMessage,
  until,
} from '../../support/bus.ts';

async function thoseBehindGoOnWhileARetryWaits({ bus, make, finish }: BusHarness): Promise<void> {
  const messages = ['kim', 'kim', 'kim', 'lee'].map(make.registered);
  const [first, ...behind] = messages.map(({ id }) => id);
  const succeeded: string[] = [];
  bus.subscribe(
    recorder('weak at first', '*', async ({ id }, { attempt }) => {
      if (id === first && attempt === 1) throw new Error('not yet');
      succeeded.push(id);
    }),
  );

  await bus.publish(messages);
  await until(() => succeeded.length === behind.length);
  expect([...succeeded].sort()).toEqual([...behind].sort());

  await finish();
  expect(succeeded.slice(behind.length)).toEqual(bus.capabilities.retries ? [first] : []);
}

/** When each message was handled, in the bus's time. */
function diary() {
  const timesMs = new Map<string, number[]>();
  return {
    write({ id }: ShopMessage, nowMs: number): void {
      timesMs.set(id, [...(timesMs.get(id) ?? []), nowMs]);
    },
    /** For each message the waits before its second attempt, its third, … */
    waitsMs: () =>
      [...timesMs.values()].map((times) => times.slice(1).map((time, index) => time - (times[index] ?? 0))),
  };
}

async function aRetryWaitsNoLongerThanPromised(harness: BusHarness): Promise<void> {
  const { bus, clock, make, finish, maxAttempts, retry = defaultRetryPolicy } = harness;
  const { write, waitsMs } = diary();
  bus.subscribe(
    recorder('broken', '*', async (message) => {
      write(message, clock.now());
      throw new Error('never');
    }),
  );

  await bus.publish(Array.from({ length: 100 }, (_, index) => make.registered(`customer-${index}`)));
  await finish();

  const waits = waitsMs();
  expect(waits).toHaveLength(100);
  for (let attempt = 1; attempt < maxAttempts; attempt++) {
    const longestMs = Math.min(
      retry.maxDelayMs,
      retry.initialDelayMs * retry.backoffMultiplier ** (attempt - 1),
    );
    const taken = waits.map((ofOne) => ofOne[attempt - 1] ?? Number.NaN);
    expect(Math.min(...taken)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...taken)).toBeLessThanOrEqual(longestMs);
    // Full jitter: what failed together does not come back together.
    expect(Math.min(...taken)).toBeLessThan(longestMs / 4);
    expect(Math.max(...taken)).toBeGreaterThan((longestMs * 3) / 4);
    expect(new Set(taken).size).toBeGreaterThan(50);
  }
}

async function aRetryOverlapsNoOtherOfItsSubject({ bus, make, finish }: BusHarness): Promise<void> {
  const gate = closedGate();
  const [weak, slow] = [make.registered('kim'), make.registered('kim')];
  let inHand = 0;
  let mostInHand = 0;
  const subscriber = recorder('one at a time', '*', async ({ id }, { attempt }) => {
    mostInHand = Math.max(mostInHand, ++inHand);
    if (id === slow.id) await gate.opened;
    inHand--;
    if (id === weak.id && attempt === 1) throw new Error('not yet');
  });
  bus.subscribe(subscriber);
  await bus.publish([weak, slow]);
  await until(() => subscriber.handled.length === 2);

  const finished = finish();
  await manyTurns();
  gate.open();
  await finished;

  expect(mostInHand).toBe(1);
  expect(subscriber.handled).toHaveLength(bus.capabilities.retries ? 3 : 2);
}

async function whatWaitsForARetryOutlivesTheProcess(harness: BusHarness): Promise<void> {
  const { bus, make, finish, restart } = harness;
  const attempts: number[] = [];
  const weak = () =>
    recorder('weak at first', '*', async (_message, { attempt }) => {
      attempts.push(attempt);
      if (attempt === 1) throw new Error('not yet');
    });
  bus.subscribe(weak());
  await bus.publish([make.registered('kim')]);
  await bus.settle();
  expect(attempts).toEqual([1]);

  const successor = await restart();
  successor.subscribe(weak());
  await finish();

  const { retries, durable } = successor.capabilities;
  expect(attempts).toEqual(retries && durable ? [1, 2] : [1]);
}

async function aRetryComesInItsTimeWhateverTheWallSays({
  bus,
  clock,
  make,
  finish,
}: BusHarness): Promise<void> {
  const attemptsMs: number[] = [];
  bus.subscribe({
    ...recorder('weak at first', '*', async (_message, { attempt }) => {
      attemptsMs.push(clock.monotonicMs());
      if (attempt === 1) throw new Error('not yet');
    }),
    retry: { ...defaultRetryPolicy, maxAttempts: 2 },
  });
  for (const hours of [-1, 1]) {
    await bus.publish([make.registered('kim')]);
    await until(() => attemptsMs.length % 2 === 1);
    await manyTurns();

    clock.set(clock.now() + hours * 3_600_000);
    await finish();
  }

  expect(attemptsMs).toHaveLength(4);
  const [first = 0, second = 0, third = 0, fourth = 0] = attemptsMs;
  for (const waitMs of [second - first, fourth - third])
    expect(waitMs).toBeLessThanOrEqual(defaultRetryPolicy.initialDelayMs);
}

export const retryRows: BusRows = {
  'retries: those behind a failed message go on while it waits, also of its subject':
    thoseBehindGoOnWhileARetryWaits,
  'retries: a wait is spread over its whole length, and never longer than promised':
    aRetryWaitsNoLongerThanPromised,
  'retries: a retry is not handled at the same time as another message of its subject':
    aRetryOverlapsNoOtherOfItsSubject,
  'retries: a retry comes when it would have, whatever the clock on the wall is set to':
    aRetryComesInItsTimeWhateverTheWallSays,
  'retries: what waits for its retry outlives the process, or there is nothing to':
    whatWaitsForARetryOutlivesTheProcess,
};
