import { expect, test } from 'vitest';
import { intercept } from '../../src/kernel/index.ts';
import type { PipelineSettings } from '../../src/pipeline-runtime/index.ts';
import { rejectionOf } from '../support/rejection.ts';
import { until } from '../support/until.ts';
import { aPipeline, type ParcelBus, packing } from './a-pipeline.ts';

/** A pipeline whose bus refuses the first `refusals` calls. */
function overAFullBus(refusals: number, settings: PipelineSettings) {
  let calls = 0;
  const alter = (bus: ParcelBus): ParcelBus =>
    intercept(bus, {
      instead: {
        async publish(messages) {
          if (++calls <= refusals) throw new Error('the disk is full');
          await bus.publish(messages);
        },
      },
    });
  const story = aPipeline({ stages: [packing], settings, alter });
  return {
    ...story,
    calls: () => calls,
    /** Moves the clock to the next try; says how long that took. */
    async waitForTheNextTry() {
      const [before, startMs] = [calls, story.clock.now()];
      await until(() => story.clock.nextDueMs() !== undefined);
      const dueMs = story.clock.nextDueMs() ?? 0;
      await story.clock.advanceTo(dueMs, () => until(() => calls > before));
      return dueMs - startMs;
    },
  };
}

test('the submitter is told, unless the pipeline is told otherwise', async () => {
  const { pipeline, order } = overAFullBus(1, {});

  await expect(pipeline.submit([order('a')])).rejects.toMatchObject({
    code: 'enqueue_failed',
    message: 'the bus did not take it (attempts: 1): the disk is full',
    cause: { message: 'the disk is full' },
  });
  expect(pipeline.statistics()).toMatchObject({ submitted: 0, submitFailures: 1, deadLetters: 0 });
});

test('it is tried again after a while, and again after a longer one', async () => {
  const { pipeline, order, calls, seen, waitForTheNextTry } = overAFullBus(3, {
    onEnqueueFailure: 'retry',
    retryAttempts: 3,
    retryBaseDelayMs: 100,
  });
  const submitted = pipeline.submit([order('a'), order('b')]);

  expect(await waitForTheNextTry()).toBeLessThanOrEqual(100);
  expect(await waitForTheNextTry()).toBeLessThanOrEqual(200);
  expect(await waitForTheNextTry()).toBeLessThanOrEqual(400);
  await submitted;
  await pipeline.settle();

  expect(calls()).toBe(4);
  expect(seen()).toEqual(['Ordered a', 'Ordered b', 'Packed a', 'Packed b']);
  expect(pipeline.statistics()).toMatchObject({ submitted: 2, submitRetries: 3, submitFailures: 0 });
});

test('when no attempt is left, the submitter is told', async () => {
  const { pipeline, order, calls, waitForTheNextTry } = overAFullBus(9, {
    onEnqueueFailure: 'retry',
    retryAttempts: 2,
  });
  const rejection = rejectionOf(() => pipeline.submit([order('a')]));
  await waitForTheNextTry();
  await waitForTheNextTry();

  expect(await rejection).toMatchObject({ code: 'enqueue_failed' });
  expect(calls()).toBe(3);
});

test('a pipeline that is stopped meanwhile tries no more', async () => {
  const { pipeline, clock, order, calls } = overAFullBus(9, { onEnqueueFailure: 'retry' });
  const rejection = rejectionOf(() => pipeline.submit([order('a')]));
  await until(() => clock.nextDueMs() !== undefined);

  await pipeline.stop();

  expect(await rejection).toMatchObject({ code: 'enqueue_failed' });
  expect(calls()).toBe(1);
  expect(clock.nextDueMs()).toBeUndefined();
});

test('the messages become dead letters, where they are stored', async () => {
  const { pipeline, order, logged } = overAFullBus(1, { onEnqueueFailure: 'store' });

  await pipeline.submit([order('a'), order('b')]);

  expect(pipeline.deadLetters()).toMatchObject([
    { stage: null, message: { data: { parcel: 'a' } }, error: { code: 'enqueue_failed' }, attempts: 1 },
    { stage: null, message: { data: { parcel: 'b' } }, error: { code: 'enqueue_failed' }, attempts: 1 },
  ]);
  expect(pipeline.statistics()).toMatchObject({ submitted: 0, submitFailures: 2, deadLetters: 2 });
  expect(logged.some((line) => line.includes('not enqueued'))).toBe(true);
});
