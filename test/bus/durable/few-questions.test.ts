import { expect, test } from 'vitest';
import { nothingConsumed } from '../../../src/datastore/index.ts';
import { intercept } from '../../../src/kernel/index.ts';
import { type Alteration, durableHarness } from '../../support/durable-bus.ts';

/** What the store is asked, a name each. */
function asked(): { readonly names: string[]; readonly alter: Alteration } {
  const names: string[] = [];
  const around = (name: string, call: () => unknown): unknown => {
    names.push(name);
    return call();
  };
  return {
    names,
    alter: (ports) => {
      const { consumption } = ports.datastore;
      return { ...ports, datastore: { ...ports.datastore, consumption: intercept(consumption, { around }) } };
    },
  };
}

const subscribers = ['mailer', 'texter', 'auditor', 'counter'];

test('where nothing waits, settling asks the datastore once, however many subscribe', async () => {
  const { names, alter } = asked();
  const { bus, make } = await durableHarness({}, alter);
  for (const name of subscribers) bus.subscribe({ name, handles: '*', handle: async () => {} });
  await bus.publish([make.registered('kim')]);
  await bus.settle();
  names.length = 0;

  await bus.settle();

  expect(names).toEqual(['outstanding']);
});

test('where a retry waits, each of them looks for its own, and finds what another process has made due', async () => {
  const { names, alter } = asked();
  const { bus, make, datastore } = await durableHarness({ retry: { maxAttempts: 1 } }, alter);
  const handled: string[] = [];
  let isBroken = true;
  for (const name of subscribers)
    bus.subscribe({
      name,
      handles: '*',
      handle: async () => {
        if (name === 'texter' && isBroken) throw new Error('broken');
        handled.push(name);
      },
    });
  await bus.publish([make.registered('kim')]);
  await bus.settle();
  isBroken = false;
  const [letter] = await datastore.consumption.deadMessages(10);
  names.length = handled.length = 0;

  // Another process says nothing of it here.
  await datastore.consumption.redrive(letter?.id ?? 0, 0);
  await bus.settle();

  expect(handled).toEqual(['texter']);
  expect(names.filter((name) => name === 'dueRetries').length).toBeGreaterThanOrEqual(subscribers.length);
});

test('a timer that was set behind its back is found, and its message handled', async () => {
  const { bus, make, datastore, clock } = await durableHarness();
  const handled: string[] = [];
  bus.subscribe({ name: 'mailer', handles: '*', handle: async ({ subject }) => void handled.push(subject) });
  await bus.settle();
  const message = make.registered('kim');
  const timer = { dueAtMs: clock.now(), messageId: message.id, message: JSON.stringify(message) };
  const timers = [{ subscriber: 'mailer', key: 'later', timer }];

  await datastore.consumption.commit({ ...nothingConsumed, timers });
  await bus.settle();

  expect(handled).toEqual(['kim']);
});
