import { expect, test } from 'vitest';
import { z } from 'zod';
import { createMessage, defineMessage, type Message } from '../../src/events/index.ts';
import { playOut, type Stage } from '../../src/pipeline-runtime/index.ts';
import { buses, runningOn } from './two-buses.ts';

const catalogue = {
  Read: defineMessage({
    type: 'Read',
    source: '/meters',
    subject: ({ meter }: { meter: string }) => meter,
    versions: [z.object({ meter: z.string(), value: z.number(), hops: z.int() })],
  }),
  Silent: defineMessage({
    type: 'Silent',
    source: '/meters',
    subject: ({ meter }: { meter: string }) => meter,
    versions: [z.object({ meter: z.string(), hops: z.int() })],
  }),
} as const;

type Read = Message<'Read', { meter: string; value: number; hops: number }>;

/** Adds up what a meter reads; on a negative value it fails behind that. */
const adding: Stage<Read, never, { readonly sum: number }> = {
  name: 'add',
  accepts: ['Read'],
  state: { initial: () => ({ sum: 0 }) },
  handle({ data: { value } }, { state }) {
    state.set({ sum: state.get().sum + value });
    if (value < 0) throw new Error('meters do not run backwards');
    return [];
  },
};

/** Adds all meters up under one key, and each under its own. */
const addingAll: Stage<Read, never, number> = {
  name: 'add-all',
  accepts: ['Read'],
  state: { initial: () => 0, key: () => 'all' },
  async handle({ data: { meter, value } }, { state, stateOf }) {
    const own = await stateOf(meter);
    own.set(own.get() + value);
    state.set(state.get() + value);
    return [];
  },
};

/** Says that a meter is silent when nothing was heard for a minute. */
const watching: Stage<Read, never> = {
  name: 'watch',
  accepts: ['Read'],
  handle({ data: { meter, value } }, { at, cancel, next, nowMs }) {
    if (value === 0) cancel(meter);
    else at(meter, nowMs + 60_000, next(catalogue.Silent, { meter }));
    return [];
  },
};

const readings = (ports: Parameters<typeof createMessage>[0], values: readonly [string, number][]) =>
  values.map(([meter, value]) => createMessage(ports, catalogue.Read, { meter, value, hops: 0 }));

test.each(buses)('a stage finds what it kept for the subject before (%s)', async (busName) => {
  const { pipeline, clock, ids } = runningOn(busName, catalogue, { stages: [adding] });

  await pipeline.submit(
    readings({ clock, ids }, [
      ['a', 1],
      ['b', 10],
      ['a', 2],
    ]),
  );
  await pipeline.settle();

  expect(await pipeline.stateOf('add', 'a')).toEqual({ sum: 3 });
  expect(await pipeline.stateOf('add', 'c')).toBeUndefined();
  const all = [];
  for await (const each of pipeline.statesOf('add')) all.push(each);
  expect(all).toEqual([
    { key: 'a', value: { sum: 3 } },
    { key: 'b', value: { sum: 10 } },
  ]);
});

test.each(buses)('what a failing stage kept is not kept (%s)', async (busName) => {
  const { pipeline, clock, ids } = runningOn(busName, catalogue, { stages: [adding] });

  await pipeline.submit(
    readings({ clock, ids }, [
      ['a', 1],
      ['a', -5],
      ['a', 2],
    ]),
  );
  await pipeline.settle();

  expect(await pipeline.stateOf('add', 'a')).toEqual({ sum: 3 });
  expect(pipeline.deadLetters()).toHaveLength(1);
});

test.each(buses)('a stage may keep more than one thing, and none is lost (%s)', async (busName) => {
  const { pipeline, clock, ids } = runningOn(busName, catalogue, { stages: [addingAll] });
  const values = Array.from({ length: 12 }, (_, index): [string, number] => [`m${index % 4}`, index]);

  await pipeline.submit(readings({ clock, ids }, values));
  await pipeline.settle();

  expect(await pipeline.stateOf('add-all', 'all')).toBe(66);
  expect(await pipeline.stateOf('add-all', 'm3')).toBe(3 + 7 + 11);
  expect(pipeline.deadLetters()).toEqual([]);
});

test.each(buses)('a stage that does not say so keeps nothing (%s)', async (busName) => {
  const rash: Stage<Read, never> = { ...adding, name: 'rash' } as never;
  const { state: _, ...stateless } = rash;
  const { pipeline, clock, ids } = runningOn(busName, catalogue, { stages: [stateless] });

  await pipeline.submit(readings({ clock, ids }, [['a', 1]]));
  await pipeline.settle();

  expect(pipeline.deadLetters()).toMatchObject([
    { error: { message: expect.stringContaining('give it `state`') } },
  ]);
});

test.each(buses)(
  'what is due later comes then, unless it is cancelled or put later (%s)',
  async (busName) => {
    const { pipeline, bus, clock, ids, beganAtMs } = runningOn(busName, catalogue, { stages: [watching] });
    const silent: string[] = [];
    bus.subscribe({
      name: 'onlooker',
      handles: ['Silent'],
      handle: async ({ data, time }) =>
        void silent.push(`${data.meter} ${Date.parse(time) - beganAtMs} ${clock.now() - beganAtMs}`),
    });

    await pipeline.submit(
      readings({ clock, ids }, [
        ['a', 1],
        ['b', 1],
        ['c', 1],
      ]),
    );
    await playOut(pipeline, clock, { untilMs: beganAtMs + 30_000 });
    await pipeline.submit(
      readings({ clock, ids }, [
        ['b', 0],
        ['c', 1],
      ]),
    );
    await playOut(pipeline, clock);

    expect(silent).toEqual(['a 60000 60000', 'c 90000 90000']);
  },
);

test.each(buses)('a timer that sets itself again and again goes in no circle (%s)', async (busName) => {
  const ticking: Stage<Read, never> = {
    name: 'tick',
    accepts: ['Read'],
    handle({ data }, { at, next, nowMs }) {
      if (data.value > 0) at('tick', nowMs + 1000, next(catalogue.Read, { ...data, value: data.value - 1 }));
      return [];
    },
  };
  const { pipeline, clock, ids, beganAtMs } = runningOn(busName, catalogue, {
    stages: [ticking],
    settings: { maxHops: 3 },
  });

  await pipeline.submit(readings({ clock, ids }, [['a', 20]]));
  await playOut(pipeline, clock);

  expect(pipeline.deadLetters()).toEqual([]);
  expect(clock.now() - beganAtMs).toBe(20_000);
});

test.each(buses)('stages that wait on the clock are let go on (%s)', async (busName) => {
  const slow: Stage<Read, never> = {
    name: 'slow',
    accepts: ['Read'],
    async handle(_, { wait }) {
      await wait(700);
      return [];
    },
  };
  const { pipeline, clock, ids, beganAtMs } = runningOn(busName, catalogue, { stages: [slow] });

  await pipeline.submit(
    readings({ clock, ids }, [
      ['a', 1],
      ['a', 2],
      ['b', 1],
    ]),
  );
  await playOut(pipeline, clock);

  expect(clock.now() - beganAtMs).toBe(1400);
  expect(pipeline.statistics().stages).toMatchObject([{ received: 3, inFlight: 0, failed: 0 }]);
});
