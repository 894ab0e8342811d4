import { expect, test } from 'vitest';
import { aPipeline, type ParcelStage, packing, parcelMessages } from './a-pipeline.ts';

/** Two stages that send every parcel back to one another. */
const stamping: ParcelStage<'Packed'> = {
  name: 'stamp',
  accepts: ['Packed'],
  handle: ({ data: { parcel } }, { next }) => [next(parcelMessages.Stamped, { parcel })],
};
const repacking: ParcelStage<'Stamped'> = {
  name: 'repack',
  accepts: ['Stamped'],
  handle: ({ data: { parcel } }, { next }) => [next(parcelMessages.Packed, { parcel })],
};

test.each(['log', 'store', 'nack'] as const)(
  'a message that goes in circles is a dead letter (%s)',
  async (mode) => {
    const { deliver, pipeline, bus, passed } = aPipeline({
      stages: [packing, stamping, repacking],
      settings: { maxHops: 4, onHandlerFailure: mode },
    });

    await deliver('a');

    expect(passed.map(({ type }) => type)).toEqual([
      'Ordered',
      'Packed',
      'Stamped',
      'Packed',
      'Stamped',
      'Packed',
    ]);
    expect(pipeline.deadLetters()).toMatchObject([
      {
        stage: 'stamp',
        message: { type: 'Packed', data: { parcel: 'a', hops: 5 } },
        error: { code: 'too_many_hops', message: 'the message was passed on more than 4 times' },
      },
    ]);
    expect(await bus.deadLetters()).toMatchObject([{ subscriber: 'pipeline.stamp' }]);
  },
);

test('stages that hand on the data they were given do not turn the count back', async () => {
  let rounds = 0;
  const handingOn: ParcelStage<'Packed'> = {
    ...stamping,
    handle: ({ data }, { next }) => (rounds++ > 50 ? [] : [next(parcelMessages.Packed, data)]),
  };
  const { deliver, pipeline } = aPipeline({ stages: [packing, handingOn], settings: { maxHops: 4 } });

  await deliver('a');

  expect(pipeline.deadLetters()).toMatchObject([{ error: { code: 'too_many_hops' } }]);
});

test('ten hops are enough unless it is told otherwise', async () => {
  const { deliver, passed } = aPipeline({ stages: [packing, stamping, repacking] });

  await deliver('a');

  expect(passed.at(-1)?.data).toMatchObject({ hops: 11 });
});

test('circles are the messages’ fault: the stages go on', async () => {
  const { deliver, statisticsOf } = aPipeline({
    stages: [packing, stamping, repacking],
    settings: { maxHops: 2, maxConsecutiveFailures: 2 },
  });

  await deliver('a', 'b', 'c', 'd');

  expect(statisticsOf('stamp')).toMatchObject({ isStopped: false });
  expect(statisticsOf('repack')).toMatchObject({ isStopped: false });
});

test('a message that begins anew has no hops behind it: work that comes back by design may do so for ever', async () => {
  let rounds = 0;
  const roundByRound: ParcelStage<'Packed'> = {
    ...stamping,
    handle: ({ data }, { begin }) => (++rounds > 50 ? [] : [begin(parcelMessages.Packed, data)]),
  };
  const { deliver, pipeline, passed } = aPipeline({
    stages: [packing, roundByRound],
    settings: { maxHops: 4 },
  });

  await deliver('a');

  expect(pipeline.deadLetters()).toEqual([]);
  expect(passed).toHaveLength(52);
  expect(passed.at(-1)).toMatchObject({ correlationId: passed[0]?.id, data: { hops: 0 } });
});
