import { describe, expect, test } from 'vitest';
import { MessageRefusedError } from '../../src/pipeline-runtime/index.ts';
import { aPipeline, failingToPack, type ParcelStage, packing, parcelMessages } from './a-pipeline.ts';

const noTape = new Error('no tape');
const isGlass = (parcel: string): boolean => parcel === 'glass';

describe('a message on which a stage throws', () => {
  test('is dropped with a line in the log, where failures are logged', async () => {
    const { deliver, pipeline, bus, logged, statisticsOf } = aPipeline({
      stages: [failingToPack(noTape)],
      settings: { onHandlerFailure: 'log' },
    });

    await deliver('a');

    expect(pipeline.deadLetters()).toEqual([]);
    expect(await bus.deadLetters()).toEqual([]);
    expect(statisticsOf('pack')).toMatchObject({ received: 1, failed: 1, deadLettered: 0 });
    const [line] = logged.filter((text) => text.includes('not handled'));
    expect(JSON.parse(line ?? '')).toMatchObject({
      stage: 'pack',
      type: 'Ordered',
      code: 'unexpected',
      mode: 'log',
    });
  });

  test('is a dead letter of the pipeline, whole, unless it is told otherwise', async () => {
    const { deliver, pipeline, bus, clock, passed } = aPipeline({ stages: [failingToPack(noTape)] });

    await deliver('a');

    const error = { name: 'Error', code: null, message: 'no tape' };
    expect(pipeline.deadLetters()).toEqual([
      { id: 'stored-1', message: passed[0], stage: 'pack', error, attempts: 1, atMs: clock.now() },
    ]);
    expect(await bus.deadLetters()).toMatchObject([{ subscriber: 'pipeline.pack' }]);
  });

  test('is the bus’s to deal with, where failures go back to it', async () => {
    const { deliver, pipeline, bus, seen } = aPipeline({
      stages: [failingToPack(noTape)],
      settings: { onHandlerFailure: 'nack' },
    });

    await deliver('a');

    expect(pipeline.deadLetters()).toEqual([]);
    expect(await bus.deadLetters()).toMatchObject([
      { subscriber: 'pipeline.pack', messageType: 'Ordered', error: { message: 'no tape' } },
    ]);
    expect(seen()).toEqual(['Ordered a']);
  });

  test('holds up none of the others', async () => {
    const { deliver, seen } = aPipeline({ stages: [failingToPack(noTape, isGlass)] });

    await deliver('glass', 'brick');

    expect(seen()).toContain('Packed brick');
  });

  test.each(['log', 'store'] as const)(
    'gets the stage’s last words when it is given up (%s)',
    async (mode) => {
      const { deliver, passed } = aPipeline({
        stages: [failingToPack(noTape)],
        settings: { onHandlerFailure: mode },
      });

      await deliver('a');

      expect(passed.at(-1)).toMatchObject({
        type: 'Lost',
        correlationId: passed[0]?.id,
        data: { parcel: 'a', reason: 'no tape', hops: 1 },
      });
    },
  );

  test('stays a dead letter when the last words fail too', async () => {
    const speechless: ParcelStage<'Ordered'> = {
      ...failingToPack(noTape),
      giveUp() {
        throw new Error('no words either');
      },
    };
    const { deliver, pipeline, bus, logged } = aPipeline({ stages: [speechless] });

    await deliver('a');

    expect(pipeline.deadLetters()).toMatchObject([{ error: { message: 'no tape' } }]);
    expect(await bus.deadLetters()).toMatchObject([{ subscriber: 'pipeline.pack' }]);
    expect(logged.some((line) => line.includes('its last words failed too'))).toBe(true);
  });
});

test('a throw before there is a promise is a failure like any other', async () => {
  const hasty: ParcelStage<'Ordered'> = {
    ...packing,
    handle() {
      throw noTape;
    },
  };
  const { deliver, pipeline } = aPipeline({ stages: [hasty] });

  await deliver('a');

  expect(pipeline.deadLetters()).toMatchObject([{ stage: 'pack', error: { message: 'no tape' } }]);
});

test('anything may be thrown', async () => {
  const { deliver, pipeline } = aPipeline({ stages: [failingToPack('a stone')] });

  await deliver('a');

  expect(pipeline.deadLetters()).toMatchObject([
    { error: { name: 'Error', code: null, message: 'a stone' } },
  ]);
});

test.each(['log', 'store', 'nack'] as const)(
  'a message that is refused for what it is, is stored at once (%s)',
  async (mode) => {
    const refusal = new MessageRefusedError('too_heavy', { message: 'an anvil', help: 'Use a crane.' });
    const { deliver, pipeline, bus, seen } = aPipeline({
      stages: [failingToPack(refusal)],
      settings: { onHandlerFailure: mode },
    });

    await deliver('anvil');

    expect(pipeline.deadLetters()).toMatchObject([{ error: { code: 'too_heavy', message: 'an anvil' } }]);
    expect(await bus.deadLetters()).toMatchObject([{ subscriber: 'pipeline.pack', attempts: 1 }]);
    expect(seen()).toEqual(['Ordered anvil', 'Lost anvil']);
  },
);

test('only the latest dead letters are kept, and all are counted', async () => {
  const { deliver, pipeline } = aPipeline({
    stages: [failingToPack(noTape)],
    settings: { deadLetterCapacity: 2, maxConsecutiveFailures: 100 },
  });

  await deliver('a', 'b', 'c', 'd');

  expect(pipeline.deadLetters().map(({ message }) => message.data.parcel)).toEqual(['c', 'd']);
  expect(pipeline.statistics().deadLetters).toBe(4);
});

test('what a stage emits is checked: nonsense becomes a dead letter of the bus, under no subscriber', async () => {
  const careless: ParcelStage<'Ordered'> = {
    ...packing,
    handle: (_, { next }) => [next(parcelMessages.Packed, { parcel: 7 as unknown as string })],
  };
  const { deliver, bus } = aPipeline({ stages: [careless] });

  await deliver('a');

  expect(await bus.deadLetters()).toMatchObject([{ messageType: 'Packed', subscriber: null }]);
});
