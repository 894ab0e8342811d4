import { expect, test } from 'vitest';
import type { Message } from '../../src/events/index.ts';
import { InFlightCounter } from '../../src/kernel/index.ts';
import { manyTurns } from '../support/bus.ts';
import { aPipeline, type ParcelStage, packing, parcelMessages, stamping } from './a-pipeline.ts';

/** Has parcels packed by somebody who takes his time. */
function packingElsewhere() {
  const waiting: ((thrown?: unknown) => void)[] = [];
  const stage: ParcelStage<'Ordered'> = {
    ...packing,
    handle({ data: { parcel } }, { next, later }) {
      later(async () => {
        await new Promise<void>((resolve, reject) =>
          waiting.push((thrown) => (thrown === undefined ? resolve() : reject(thrown))),
        );
        return parcel === 'air' ? [] : [next(parcelMessages.Packed, { parcel })];
      });
      return [];
    },
  };
  return { stage, finishOne: (thrown?: unknown) => waiting.shift()?.(thrown) };
}

test('holds up neither its message nor those of the same subject', async () => {
  const { stage, finishOne } = packingElsewhere();
  const { deliver, pipeline, seen, statisticsOf } = aPipeline({ stages: [stage, stamping] });

  await deliver('a', 'a');
  expect(statisticsOf('pack')).toMatchObject({ received: 2, emitted: 0 });
  finishOne();
  await pipeline.settle();

  expect(seen()).toEqual(['Ordered a', 'Ordered a', 'Packed a', 'Stamped a']);
  expect(statisticsOf('pack')).toMatchObject({ received: 2, emitted: 1 });
});

test('comes to a message like any other: caused by the first, one hop further', async () => {
  const { stage, finishOne } = packingElsewhere();
  const { deliver, pipeline, passed } = aPipeline({ stages: [stage] });

  await deliver('a');
  finishOne();
  await pipeline.settle();

  expect(passed[1]).toMatchObject({ causationId: passed[0]?.id, data: { parcel: 'a', hops: 1 } });
});

test('may come to nothing', async () => {
  const { stage, finishOne } = packingElsewhere();
  const { deliver, pipeline, seen } = aPipeline({ stages: [stage] });

  await deliver('air');
  finishOne();
  await pipeline.settle();

  expect(seen()).toEqual(['Ordered air']);
  expect(pipeline.statistics()).toMatchObject({ submitted: 1 });
});

test('is logged and counted when it fails, and neither stops the stage nor goes back to the bus', async () => {
  const { stage, finishOne } = packingElsewhere();
  const { deliver, pipeline, bus, logged, statisticsOf } = aPipeline({
    stages: [stage],
    settings: { maxConsecutiveFailures: 1, onHandlerFailure: 'nack' },
  });

  await deliver('a');
  finishOne(new Error('no tape'));
  await pipeline.settle();

  expect(statisticsOf('pack')).toMatchObject({ received: 1, failed: 1, isStopped: false });
  expect(logged.some((line) => line.includes('later work failed'))).toBe(true);
  expect(await bus.deadLetters()).toEqual([]);
});

test('whoever settles waits for work elsewhere that counts as in flight, and for what it comes to', async () => {
  const { stage, finishOne } = packingElsewhere();
  const { pipeline, bus, seen, order } = aPipeline({ stages: [stage, stamping] });
  const elsewhere = new InFlightCounter(bus.inFlight);
  elsewhere.enter(2);
  await pipeline.submit([order('a'), order('b')]);
  const settled = pipeline.settle();

  for (let parcels = 2; parcels > 0; parcels--) {
    await manyTurns();
    finishOne();
    elsewhere.leave();
  }
  await settled;

  expect(seen()).toEqual(['Ordered a', 'Ordered b', 'Packed a', 'Stamped a', 'Packed b', 'Stamped b']);
});

test('nothing of it is a message before the work is done', async () => {
  const made: Message[] = [];
  const { stage, finishOne } = packingElsewhere();
  const { deliver, pipeline, bus } = aPipeline({ stages: [stage] });
  bus.subscribe({ name: 'shelf', handles: ['Packed'], handle: async (message) => void made.push(message) });

  await deliver('a');
  expect(made).toEqual([]);
  finishOne();
  await pipeline.settle();

  expect(made).toHaveLength(1);
});
