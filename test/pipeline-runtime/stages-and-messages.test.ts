import { expect, test } from 'vitest';
import { aPipeline, type ParcelStage, packing, parcelMessages, stamping } from './a-pipeline.ts';

test('a message passes from stage to stage, whatever their order', async () => {
  const { deliver, seen } = aPipeline({ stages: [stamping, packing] });

  await deliver('a');

  expect(seen()).toEqual(['Ordered a', 'Packed a', 'Stamped a']);
});

test('what a message led to has its correlation, its id as the cause, and one hop more', async () => {
  const { deliver, passed } = aPipeline({ stages: [packing, stamping] });

  await deliver('a');

  const [ordered, packed, stamped] = passed;
  expect(packed).toMatchObject({
    correlationId: ordered?.id,
    causationId: ordered?.id,
    subject: 'a',
    data: { hops: 1 },
  });
  expect(stamped).toMatchObject({
    correlationId: ordered?.id,
    causationId: packed?.id,
    data: { hops: 2 },
  });
});

test('a stage may emit nothing, or many', async () => {
  const halving: ParcelStage<'Ordered'> = {
    ...packing,
    handle: ({ data: { parcel } }, { next }) =>
      parcel === 'air' ? [] : ['left', 'right'].map((half) => next(parcelMessages.Packed, { parcel: half })),
  };
  const { deliver, seen } = aPipeline({ stages: [halving] });

  await deliver('air', 'wardrobe');

  expect(seen()).toEqual(['Ordered air', 'Ordered wardrobe', 'Packed left', 'Packed right']);
});

test('a stage takes only what it asks for, and the rest does not count', async () => {
  const fragile: ParcelStage<'Ordered'> = { ...packing, where: ({ data }) => data.parcel === 'glass' };
  const { deliver, seen, statisticsOf } = aPipeline({ stages: [fragile] });

  await deliver('glass', 'brick');

  expect(seen()).toEqual(['Ordered glass', 'Ordered brick', 'Packed glass']);
  expect(statisticsOf('pack')).toMatchObject({ received: 1, emitted: 1 });
});

test('messages of one subject are handled in order, and do not wait for those of another', async () => {
  const handled: string[] = [];
  let open = (): void => {};
  const gate = new Promise<void>((resolve) => {
    open = resolve;
  });
  const slow: ParcelStage<'Packed'> = {
    name: 'slow',
    accepts: ['Packed'],
    async handle({ data: { parcel, hops } }) {
      if (parcel === 'a' && hops === 1) await gate;
      handled.push(`${parcel}${hops}`);
      if (parcel === 'b') open();
      return [];
    },
  };
  const { pipeline, packed } = aPipeline({ stages: [slow] });

  await pipeline.submit([packed('a', 1), packed('a', 2), packed('b', 1)]);
  await pipeline.settle();

  expect(handled).toEqual(['b1', 'a1', 'a2']);
});

test('a stage is the subscriber of its name on the bus, so no two may share one', () => {
  expect(() => aPipeline({ stages: [packing, { ...stamping, name: 'pack' }] })).toThrow(
    expect.objectContaining({ code: 'duplicate_subscriber' }),
  );
});

test('a stopped pipeline has finished what was in hand, and takes no more', async () => {
  const { pipeline, bus, seen, order } = aPipeline({ stages: [packing, stamping] });
  await pipeline.submit([order('a')]);

  await pipeline.stop();

  expect(seen()).toEqual(['Ordered a', 'Packed a', 'Stamped a']);
  await expect(pipeline.submit([order('b')])).rejects.toMatchObject({ code: 'pipeline_not_running' });
  await bus.publish([order('c')]);
  await bus.settle();
  expect(seen()).toEqual(['Ordered a', 'Packed a', 'Stamped a', 'Ordered c']);
});

test('some stages may go on a while longer, for what is still to come from elsewhere', async () => {
  const { pipeline, seen, order, packed } = aPipeline({ stages: [packing, stamping] });
  await pipeline.submit([order('a')]);

  await pipeline.stop({ except: ['stamp'] });
  expect(seen()).toEqual(['Ordered a', 'Packed a', 'Stamped a']);
  await pipeline.submit([order('b'), packed('c')]);
  await pipeline.settle();
  expect(seen().slice(3)).toEqual(['Ordered b', 'Packed c', 'Stamped c']);

  await pipeline.stop();
  await expect(pipeline.submit([packed('d')])).rejects.toMatchObject({ code: 'pipeline_not_running' });
});
