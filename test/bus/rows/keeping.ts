import { expect } from 'vitest';
import type { MessageContext } from '../../../src/bus/index.ts';
import type { ShopEvents } from '../../../src/events/index.ts';
import { type BusHarness, type BusRows, nextTurn, recorder } from '../../support/bus.ts';

type Context = MessageContext<ShopEvents>;

/** Adds one to what is kept under a key, and says what that was. */
async function count(context: Context, key: string, pause = async (): Promise<void> => {}): Promise<number> {
  const { version, value } = await context.load(key);
  await pause();
  const before = (value ?? 0) as number;
  context.keep(key, before + 1, version);
  return before;
}

const kept = async (bus: BusHarness['bus'], key: string, subscriber = 'counter') =>
  (await bus.states.find(subscriber, key)).value;

async function whatIsKeptIsThereForTheNext({ bus, make, finish }: BusHarness): Promise<void> {
  const seen: number[] = [];
  bus.subscribe(
    recorder('counter', '*', async ({ subject }, context) => void seen.push(await count(context, subject))),
  );

  await bus.publish(['kim', 'kim', 'kim', 'lee'].map(make.registered));
  await finish();

  expect(seen.toSorted()).toEqual([0, 0, 1, 2]);
  expect(await bus.states.find('counter', 'kim')).toEqual({ version: 3, value: 3 });
  expect(await bus.states.list('counter', { limit: 9 })).toEqual([
    { key: 'kim', version: 3, value: 3 },
    { key: 'lee', version: 1, value: 1 },
  ]);
  expect(await bus.states.list('counter', { after: 'kim', limit: 9 })).toMatchObject([{ key: 'lee' }]);
}

async function whatAFailingHandlerKeptIsNeverSeen({ bus, make, finish }: BusHarness): Promise<void> {
  bus.subscribe(
    recorder('counter', '*', async ({ subject }, context) => {
      await count(context, subject);
      if (subject === 'kim') throw new Error('never');
    }),
  );

  await bus.publish(['kim', 'lee'].map(make.registered));
  await finish();

  expect([await kept(bus, 'kim'), await kept(bus, 'lee')]).toEqual([undefined, 1]);
}

async function noChangeIsLostToAnother({ bus, make, finish }: BusHarness): Promise<void> {
  bus.subscribe(recorder('counter', '*', async (_, context) => void (await count(context, 'all', nextTurn))));

  await bus.publish(Array.from({ length: 15 }, (_, index) => make.registered(`customer-${index}`)));
  await finish();

  expect(await bus.states.find('counter', 'all')).toEqual({ version: 15, value: 15 });
  expect(await bus.deadLetters()).toEqual([]);
}

async function whatIsKeptCannotBeChanged({ bus, make, finish }: BusHarness): Promise<void> {
  const errors: unknown[] = [];
  bus.subscribe(
    recorder('counter', '*', async (_, context) => {
      const { version, value = { list: [1] } } = await context.load('box');
      try {
        (value as { list: number[] }).list.push(2);
      } catch (thrown) {
        errors.push(thrown);
      }
      context.keep('box', { list: [1] }, version);
    }),
  );

  await bus.publish(['kim', 'kim'].map(make.registered));
  await finish();

  expect(errors).toEqual([expect.any(TypeError)]);
  expect(await kept(bus, 'box')).toEqual({ list: [1] });
}

async function whatIsKeptCanBeLetGo({ bus, make, finish }: BusHarness): Promise<void> {
  bus.subscribe(
    recorder('counter', '*', async (_, context) => {
      const { version, value } = await context.load('box');
      context.keep('box', value === undefined ? 'full' : undefined, version);
    }),
  );

  await bus.publish([make.registered('kim')]);
  await finish();
  expect(await kept(bus, 'box')).toBe('full');
  await bus.publish([make.registered('kim')]);
  await finish();

  expect(await bus.states.find('counter', 'box')).toEqual({ version: 0, value: undefined });
  expect(await bus.states.list('counter', { limit: 9 })).toEqual([]);
}

async function eachKeepsItsOwn({ bus, make, finish }: BusHarness): Promise<void> {
  const counter = (name: string, times: number) =>
    recorder(name, '*', async (_, context) => {
      if (times === 0) return;
      await count(context, 'n');
    });
  for (const subscriber of [counter('counter', 1), counter('other', 0)]) bus.subscribe(subscriber);

  await bus.publish([make.registered('kim')]);
  await finish();

  expect([await kept(bus, 'n'), await kept(bus, 'n', 'other')]).toEqual([1, undefined]);
}

async function whatIsKeptOutlivesTheProcess({ bus, make, finish, restart }: BusHarness): Promise<void> {
  const counter = () =>
    recorder('counter', '*', async ({ subject }, context) => void (await count(context, subject)));
  bus.subscribe(counter());
  await bus.publish(['kim', 'kim'].map(make.registered));
  await finish();

  const successor = await restart();
  successor.subscribe(counter());
  await successor.publish([make.registered('kim')]);
  await successor.settle();

  expect(await kept(successor, 'kim')).toBe(successor.capabilities.durable ? 3 : 1);
}

async function whatIsLoadedFromAfarIsCountedOnce({ bus, make, finish, restart }: BusHarness): Promise<void> {
  const counter = () =>
    recorder('counter', '*', async (_, context) => void (await count(context, 'all', nextTurn)));
  bus.subscribe(counter());
  await bus.publish([make.registered('kim')]);
  await finish();

  const successor = await restart();
  successor.subscribe(counter());
  await successor.publish(Array.from({ length: 10 }, (_, index) => make.registered(`customer-${index}`)));
  await successor.settle();

  expect(await kept(successor, 'all')).toBe(successor.capabilities.durable ? 11 : 10);
}

export const keepingRows: BusRows = {
  'what a handler keeps is there for the next message': whatIsKeptIsThereForTheNext,
  'what a failing handler kept is never seen': whatAFailingHandlerKeptIsNeverSeen,
  'of changes to one key from different subjects none is lost': noChangeIsLostToAnother,
  'what is kept cannot be changed in place': whatIsKeptCannotBeChanged,
  'what was kept can be let go': whatIsKeptCanBeLetGo,
  'each subscriber keeps its own': eachKeepsItsOwn,
  'durable: what was kept outlives the process': whatIsKeptOutlivesTheProcess,
  'what many load at once from where it is kept is counted once': whatIsLoadedFromAfarIsCountedOnce,
};
