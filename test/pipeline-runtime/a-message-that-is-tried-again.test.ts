import { expect, test } from 'vitest';
import {
  aPipeline,
  failingToPack,
  type ParcelStage,
  packing,
  parcelMessages,
  stamping,
} from './a-pipeline.ts';

const everySecond = { handlerRetryAttempts: 3, retryBaseDelayMs: 1000, retryJitter: false };

/** Packs a parcel at the n-th attempt only. */
const packingAtAttempt = (
  first: number,
  fails = (_parcel: string): boolean => true,
): ParcelStage<'Ordered'> => ({
  ...packing,
  handle(message, context) {
    if (fails(message.data.parcel) && context.attempt < first) throw new Error('the tape is stuck');
    return packing.handle(message, context);
  },
});

test('a stage that failed is given the message again, after a wait that doubles', async () => {
  const { deliver, pipeline, clock, seen, statisticsOf } = aPipeline({
    stages: [packingAtAttempt(4), stamping],
    settings: everySecond,
  });
  const beganAtMs = clock.now();
  const settle = (): Promise<void> => pipeline.settle();

  await deliver('a');
  await clock.advanceTo(beganAtMs + 6999, settle);
  expect(seen()).toEqual(['Ordered a']);
  await clock.advanceTo(beganAtMs + 7000, settle);

  expect(seen()).toEqual(['Ordered a', 'Packed a', 'Stamped a']);
  expect(statisticsOf('pack')).toMatchObject({ received: 4, failed: 3, retried: 3, deadLettered: 0 });
});

test('those behind it do not wait', async () => {
  const { deliver, seen } = aPipeline({
    stages: [packingAtAttempt(2, (parcel) => parcel === 'a')],
    settings: everySecond,
  });

  await deliver('a', 'b');

  expect(seen()).toEqual(['Ordered a', 'Ordered b', 'Packed b']);
});

test('after its attempts it is a dead letter, with the last words of its stage', async () => {
  const { deliver, pipeline, clock, seen, statisticsOf } = aPipeline({
    stages: [failingToPack(new Error('no tape'))],
    settings: everySecond,
  });

  await deliver('a');
  await clock.advanceTo(clock.now() + 60_000, () => pipeline.settle());

  expect(pipeline.deadLetters()).toMatchObject([
    { stage: 'pack', attempts: 4, error: { message: 'no tape' } },
  ]);
  expect(seen()).toEqual(['Ordered a', 'Lost a']);
  expect(statisticsOf('pack')).toMatchObject({ failed: 4, deadLettered: 1, isStopped: false });
});

test('each stage may have attempts and waits of its own', async () => {
  const hasty = { ...packingAtAttempt(3), retry: { attempts: 2, baseDelayMs: 10, jitter: false } };
  const { deliver, pipeline, clock, seen } = aPipeline({ stages: [hasty] });

  await deliver('a');
  await clock.advanceTo(clock.now() + 30, () => pipeline.settle());

  expect(seen()).toEqual(['Ordered a', 'Packed a']);
});

test('a wait is spread over its whole length unless that is switched off', async () => {
  const { deliver, pipeline, clock, passed } = aPipeline({
    stages: [packingAtAttempt(2)],
    settings: { handlerRetryAttempts: 1, retryBaseDelayMs: 1000 },
  });
  const beganAtMs = clock.now();

  await deliver(...Array.from({ length: 50 }, (_, index) => `parcel-${index}`));
  await clock.advanceTo(beganAtMs + 1000, () => pipeline.settle());

  const waits = passed
    .filter(({ type }) => type === 'Packed')
    .map(({ time }) => Date.parse(time) - beganAtMs);
  expect(waits).toHaveLength(50);
  expect(new Set(waits).size).toBeGreaterThan(30);
  expect(Math.max(...waits)).toBeLessThanOrEqual(1000);
});

test('a dead letter that a person hands in again goes to its stage alone, and is no repetition', async () => {
  let isMended = false;
  const { deliver, pipeline, bus, seen } = aPipeline({
    stages: [failingToPack(new Error('no tape'), () => !isMended), stamping],
  });
  await deliver('a');
  const [letter] = pipeline.deadLetters();
  expect(letter).toMatchObject({ id: 'stored-1', stage: 'pack' });

  isMended = true;
  await pipeline.redrive('stored-1');
  await pipeline.settle();

  expect(seen()).toEqual(['Ordered a', 'Lost a', 'Packed a', 'Stamped a']);
  expect(pipeline.deadLetters()).toEqual([]);
  expect(await bus.deadLetters()).toEqual([]);
  await expect(pipeline.redrive('stored-1')).rejects.toMatchObject({ code: 'unknown_dead_letter' });
});

test('a dead letter can be discarded', async () => {
  const { deliver, pipeline, bus } = aPipeline({ stages: [failingToPack(new Error('no tape'))] });
  await deliver('a', 'b');

  await pipeline.discard('stored-1');

  expect(pipeline.deadLetters().map(({ message }) => message.data.parcel)).toEqual(['b']);
  expect(await bus.deadLetters()).toMatchObject([{ message: { data: { parcel: 'b' } } }]);
  await expect(pipeline.discard('stored-1')).rejects.toMatchObject({ code: 'unknown_dead_letter' });
});

test('what a correlation leads to has a bound, and what would go beyond it is a dead letter', async () => {
  const twins: ParcelStage<'Packed'> = {
    name: 'twins',
    accepts: ['Packed'],
    handle: ({ data: { parcel } }, { next }) => [
      next(parcelMessages.Packed, { parcel: `${parcel}0` }),
      next(parcelMessages.Packed, { parcel: `${parcel}1` }),
    ],
  };
  const { deliver, pipeline, passed } = aPipeline({
    stages: [packing, twins],
    settings: { maxHops: 1000, maxMessages: 100 },
  });

  await deliver('a');

  expect(passed.filter(({ type }) => type === 'Packed').length).toBeLessThanOrEqual(100);
  expect(passed.length).toBeGreaterThan(90);
  const codes = new Set(pipeline.deadLetters().map(({ error }) => error.code));
  expect(codes).toEqual(new Set(['too_many_messages']));
});

test('last words that come back to their own stage come to an end', async () => {
  const stubborn: ParcelStage<'Packed'> = {
    name: 'stubborn',
    accepts: ['Packed'],
    handle() {
      throw new Error('never');
    },
    giveUp: ({ data: { parcel } }, _thrown, { next }) => [next(parcelMessages.Packed, { parcel })],
  };
  const { deliver, pipeline, passed } = aPipeline({
    stages: [packing, stubborn],
    settings: { maxMessages: 50 },
  });

  await deliver('a');

  expect(passed.length).toBeLessThanOrEqual(51);
  expect(pipeline.deadLetters().length).toBeGreaterThan(0);
});

test('work that begins anew has a bound of its own', async () => {
  const paging: ParcelStage<'Packed'> = {
    name: 'paging',
    accepts: ['Packed'],
    handle: ({ data: { parcel } }, { begin }) =>
      parcel.length < 30 ? [begin(parcelMessages.Packed, { parcel: `${parcel}+` })] : [],
  };
  const { deliver, pipeline, passed } = aPipeline({
    stages: [packing, paging],
    settings: { maxMessages: 3 },
  });

  await deliver('a');

  expect(pipeline.deadLetters()).toEqual([]);
  expect(passed.filter(({ type }) => type === 'Packed')).toHaveLength(30);
});
