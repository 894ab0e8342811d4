import { describe, expect, test } from 'vitest';
import type { DeadLetter } from '../../src/bus/index.ts';
import { type BusHarness, closedGate, idsOf, manyTurns, recorder } from '../support/bus.ts';
import { durableHarness } from '../support/durable-bus.ts';
import { disguised } from '../support/events.ts';
import { inMemoryHarness } from '../support/in-memory-bus.ts';
import { recordingLogger } from '../support/recording-logger.ts';
import { unhandledRejections } from '../support/unhandled-rejections.ts';

type Observer = (letter: DeadLetter) => void | Promise<void>;
type Options = { onDeadLetter: Observer; logger?: ReturnType<typeof recordingLogger> };

const buses: readonly [string, (options: Options) => Promise<BusHarness>][] = [
  ['in-memory', (options) => inMemoryHarness(options)],
  ['durable', (options) => durableHarness(options)],
];

const observers: readonly [string, Observer][] = [
  [
    'throws',
    () => {
      throw new Error('the pager is broken');
    },
  ],
  ['rejects', () => Promise.reject(new Error('the pager is broken'))],
  [
    'rejects later',
    async () => {
      await new Promise(setImmediate);
      throw new Error('the pager is broken');
    },
  ],
];

describe.each(buses)('on the %s bus', (_bus, open) => {
  test.each(observers)(
    'publishing goes on when whoever is told of dead letters %s',
    async (_how, observer) => {
      const logger = recordingLogger();
      const { bus, make, finish } = await open({ onDeadLetter: observer, logger });
      const healthy = recorder('healthy');
      bus.subscribe(healthy);
      const [kim, lee] = [make.registered('kim'), make.registered('lee')];
      const rejections = unhandledRejections();

      await expect(bus.publish([disguised({ ...kim, type: 'Nonsense' }), kim, lee])).resolves.toBeUndefined();
      await finish();
      await manyTurns();

      expect(idsOf(healthy.handled)).toEqual(idsOf([kim, lee]));
      expect((await bus.deadLetters()).map(({ messageType }) => messageType)).toEqual(['Nonsense']);
      expect(rejections()).toEqual([]);
      const complaints = logger.lines.filter((line) =>
        line.includes('nobody could be told of a dead letter'),
      );
      expect(complaints.map((line) => JSON.parse(line))).toMatchObject([
        { id: 'message-1', reason: 'the pager is broken' },
      ]);
    },
  );

  test.each(observers)(
    'a handler that fails concerns nobody else when the observer %s',
    async (_how, observer) => {
      const { bus, make, finish } = await open({ onDeadLetter: observer });
      const failing = recorder('failing', '*', () => Promise.reject(new Error('no')));
      const healthy = recorder('healthy');
      for (const subscriber of [failing, healthy]) bus.subscribe(subscriber);
      const messages = ['kim', 'lee', 'mia'].map(make.registered);
      const rejections = unhandledRejections();

      await bus.publish(messages);
      await finish();
      await manyTurns();

      expect(idsOf(healthy.handled)).toEqual(idsOf(messages));
      expect(await bus.deadLetters()).toHaveLength(messages.length);
      expect(rejections()).toEqual([]);
    },
  );

  test('settling waits for what the observer promises', async () => {
    const gate = closedGate();
    const told: string[] = [];
    const { bus, make } = await open({
      async onDeadLetter({ messageId }) {
        await gate.opened;
        told.push(messageId);
      },
    });
    const nonsense = disguised({ ...make.registered('kim'), type: 'Nonsense' });
    await bus.publish([nonsense]);
    let isSettled = false;
    const settled = bus.settle().then(() => {
      isSettled = true;
    });
    await manyTurns();
    expect(isSettled).toBe(false);

    gate.open();
    await settled;

    expect(told).toEqual([nonsense.id]);
  });
});
