import { expect, test } from 'vitest';
import { intercept } from '../../src/kernel/index.ts';
import {
  aPipeline,
  failingToPack,
  type ParcelBus,
  type ParcelStage,
  packing,
  stamping,
} from './a-pipeline.ts';

test('each stage counts what it received and emitted', async () => {
  const { deliver, pipeline } = aPipeline({ stages: [packing, stamping] });

  await deliver('a', 'b', 'c');

  const idle = { failed: 0, timedOut: 0, retried: 0, deadLettered: 0, isStopped: false };
  expect(pipeline.statistics()).toMatchObject({
    submitted: 3,
    stages: [
      { stage: 'pack', received: 3, emitted: 3, ...idle },
      { stage: 'stamp', received: 3, emitted: 3, ...idle },
    ],
  });
});

test('it knows how long handling took: the least, the mean and the most', async () => {
  let readings = 0;
  // Handling takes 1, then 2, then 6 ms by this watch, which is read before and after.
  const watch = [0, 1, 10, 12, 20, 26];
  const { deliver, statisticsOf } = aPipeline({ stages: [packing], stopwatch: () => watch[readings++] ?? 0 });
  expect(statisticsOf('pack')?.handlingMs).toBeNull();

  await deliver('a');
  await deliver('b');
  await deliver('c');

  expect(statisticsOf('pack')?.handlingMs).toEqual({ min: 1, mean: 3, max: 6, p50: 2, p99: 6 });
});

test('without a stopwatch the clock measures', async () => {
  const { deliver, statisticsOf } = aPipeline({ stages: [packing] });

  await deliver('a');

  expect(statisticsOf('pack')?.handlingMs).toEqual({ min: 0, mean: 0, max: 0, p50: 0, p99: 0 });
});

test('a stage that failed has spent time too, and its last words count', async () => {
  const { deliver, statisticsOf } = aPipeline({ stages: [failingToPack(new Error('no tape'))] });

  await deliver('a');

  expect(statisticsOf('pack')).toMatchObject({ received: 1, emitted: 1, failed: 1, deadLettered: 1 });
  expect(statisticsOf('pack')?.handlingMs).not.toBeNull();
});

test('what the bus delivers once more is a retry, and the stage is told which', async () => {
  const tryingTwice = (bus: ParcelBus): ParcelBus =>
    intercept(bus, {
      instead: {
        subscribe: (subscriber) =>
          bus.subscribe({
            ...subscriber,
            async handle(message, context) {
              try {
                await subscriber.handle(message, context);
              } catch {
                await subscriber.handle(message, { ...context, attempt: context.attempt + 1 });
              }
            },
          }),
      },
    });
  const attempts: number[] = [];
  const clumsy: ParcelStage<'Ordered'> = {
    ...packing,
    async handle(message, context) {
      attempts.push(context.attempt);
      if (context.attempt === 1) throw new Error('dropped it');
      return packing.handle(message, context);
    },
  };
  const { deliver, seen, statisticsOf } = aPipeline({
    stages: [clumsy],
    settings: { onHandlerFailure: 'nack' },
    alter: tryingTwice,
  });

  await deliver('a');

  expect(attempts).toEqual([1, 2]);
  expect(seen()).toEqual(['Ordered a', 'Packed a']);
  expect(statisticsOf('pack')).toMatchObject({ received: 2, retried: 1, failed: 1, emitted: 1 });
});
