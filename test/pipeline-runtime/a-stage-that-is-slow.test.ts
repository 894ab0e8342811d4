import { expect, test } from 'vitest';
import { SettableClock } from '../support/settable-clock.ts';
import { until } from '../support/until.ts';
import { aPipeline, type ParcelStage, packing, parcelMessages } from './a-pipeline.ts';

/** Packs only when the story says so. */
function slowPacking() {
  const waiting: { resolve(): void; reject(thrown: unknown): void; readonly signal: AbortSignal }[] = [];
  const stage: ParcelStage<'Ordered'> = {
    ...packing,
    async handle(message, context) {
      await new Promise<void>((resolve, reject) => {
        waiting.push({ resolve, reject, signal: context.signal });
      });
      return packing.handle(message, context);
    },
  };
  return { stage, waiting };
}

const noSettling = async (): Promise<void> => {};

/** A parcel that is in hand and takes for ever; the pipeline waits a second for it. */
async function anEndlessParcel() {
  const { stage, waiting } = slowPacking();
  const story = aPipeline({ stages: [stage], settings: { handlerTimeoutMs: 1000 } });
  const startMs = story.clock.now();
  await story.pipeline.submit([story.order('a')]);
  await until(() => waiting.length === 1);
  return {
    ...story,
    work: waiting[0] as (typeof waiting)[number],
    pass: (ms: number) => story.clock.advanceTo(startMs + ms, noSettling),
  };
}

test('a stage that takes too long has failed', async () => {
  const { pass, pipeline, statisticsOf } = await anEndlessParcel();

  await pass(999);
  expect(statisticsOf('pack')).toMatchObject({ failed: 0 });
  await pass(1000);
  await pipeline.settle();

  expect(statisticsOf('pack')).toMatchObject({ received: 1, failed: 1, timedOut: 1, deadLettered: 1 });
  expect(pipeline.deadLetters()).toMatchObject([
    { error: { code: 'handler_timeout', message: 'stage "pack" did not finish within 1000 ms' } },
  ]);
});

test.each([
  [
    'the clock on the wall is set an hour forward',
    (clock: SettableClock) => clock.set(clock.now() + 3_600_000),
  ],
  ['the process stood still for an hour', (clock: SettableClock) => clock.passAtOnce(3_600_000)],
])('it has its time when %s', async (_, happen) => {
  const clock = new SettableClock(Date.parse('2026-03-02T10:00:00Z'));
  const { stage, waiting } = slowPacking();
  const { pipeline, order, statisticsOf } = aPipeline({ time: clock, stages: [stage] });
  await pipeline.submit([order('a')]);
  await until(() => waiting.length === 1);

  happen(clock);
  waiting[0]?.resolve();
  await pipeline.settle();

  expect(statisticsOf('pack')).toMatchObject({ received: 1, failed: 0, timedOut: 0 });
});

test('it has failed when its time is over though the clock on the wall is set back', async () => {
  const clock = new SettableClock(Date.parse('2026-03-02T10:00:00Z'));
  const { stage, waiting } = slowPacking();
  const { pipeline, order, statisticsOf } = aPipeline({ time: clock, stages: [stage] });
  await pipeline.submit([order('a')]);
  await until(() => waiting.length === 1);

  clock.set(clock.now() - 3_600_000);
  clock.passAtOnce(30_000);
  await pipeline.settle();

  expect(statisticsOf('pack')).toMatchObject({ timedOut: 1 });
});

test('it is told that nobody waits any more', async () => {
  const { pass, work } = await anEndlessParcel();
  expect(work.signal.aborted).toBe(false);

  await pass(1000);

  expect(work.signal.reason).toMatchObject({ code: 'handler_timeout' });
});

test.each(['resolve', 'reject'] as const)(
  'what it still does after that is thrown away (%s)',
  async (how) => {
    const { pass, work, pipeline, seen, statisticsOf } = await anEndlessParcel();
    await pass(1000);
    await pipeline.settle();

    work[how](new Error('much too late'));
    await pipeline.settle();

    expect(seen()).toEqual(['Ordered a']);
    expect(statisticsOf('pack')).toMatchObject({ failed: 1, emitted: 0 });
  },
);

test('a stage that is in time leaves no timer behind', async () => {
  const { stage, waiting } = slowPacking();
  const { clock, pipeline, order, seen } = aPipeline({ stages: [stage] });
  await pipeline.submit([order('a')]);
  await until(() => waiting.length === 1);

  waiting[0]?.resolve();
  await pipeline.settle();

  expect(clock.nextDueMs()).toBeUndefined();
  expect(seen()).toEqual(['Ordered a', 'Packed a']);
});

test('thirty seconds are enough unless it is told otherwise', async () => {
  const { stage, waiting } = slowPacking();
  const { clock, pipeline, order } = aPipeline({ stages: [stage] });
  await pipeline.submit([order('a')]);
  await until(() => waiting.length === 1);

  expect(clock.nextDueMs()).toBe(clock.now() + 30_000);
});

test('a stage waits on the pipeline’s clock', async () => {
  const drying: ParcelStage<'Ordered'> = {
    name: 'dry',
    accepts: ['Ordered'],
    async handle({ data: { parcel } }, { next, wait }) {
      await wait(500);
      return [next(parcelMessages.Packed, { parcel })];
    },
  };
  const { clock, pipeline, order, passed } = aPipeline({ stages: [drying] });
  const startMs = clock.now();
  await pipeline.submit([order('a')]);
  await until(() => clock.nextDueMs() === startMs + 500);

  await clock.advanceTo(startMs + 500, () => pipeline.settle());

  expect(passed.map(({ type, time }) => `${type} ${Date.parse(time) - startMs}`)).toEqual([
    'Ordered 0',
    'Packed 500',
  ]);
});

test('the wait of a stage whose time is over ends', async () => {
  let ended: unknown;
  const stuck: ParcelStage<'Ordered'> = {
    name: 'stuck',
    accepts: ['Ordered'],
    async handle(_, { wait }) {
      await wait(5000).catch((thrown) => {
        ended = thrown;
      });
      return [];
    },
  };
  const { clock, pipeline, order } = aPipeline({ stages: [stuck], settings: { handlerTimeoutMs: 1000 } });
  await pipeline.submit([order('a')]);
  await until(() => clock.nextDueMs() !== undefined);

  await clock.advanceTo(clock.now() + 1000, () => pipeline.settle());

  expect(ended).toMatchObject({ code: 'handler_timeout' });
  expect(clock.nextDueMs()).toBeUndefined();
});
