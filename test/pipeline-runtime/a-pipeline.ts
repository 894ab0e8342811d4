import { z } from 'zod';
import { type EventBus, InMemoryEventBus } from '../../src/bus/index.ts';
import { createMessage, defineMessage, type MessageOf, type MessagesOf } from '../../src/events/index.ts';
import { type Clock, createIds, seededRandom, VirtualClock } from '../../src/kernel/index.ts';
import { Pipeline, type PipelineSettings, type Stage } from '../../src/pipeline-runtime/index.ts';
import { recordingLogger } from '../support/recording-logger.ts';

const subject = ({ parcel }: { parcel: string }): string => parcel;

/** A parcel service: what is packed is stamped, and what is stamped is shipped. */
export const parcelMessages = {
  /** Comes from outside, and knows nothing of hops. */
  Ordered: defineMessage({
    type: 'Ordered',
    source: '/shop',
    subject,
    versions: [z.object({ parcel: z.string() })],
  }),
  Packed: defineMessage({
    type: 'Packed',
    source: '/parcels',
    subject,
    versions: [z.object({ parcel: z.string(), hops: z.int() })],
  }),
  Stamped: defineMessage({
    type: 'Stamped',
    source: '/parcels',
    subject,
    versions: [z.object({ parcel: z.string(), hops: z.int() })],
  }),
  Lost: defineMessage({
    type: 'Lost',
    source: '/parcels',
    subject,
    versions: [z.object({ parcel: z.string(), reason: z.string(), hops: z.int() })],
  }),
} as const;

export type Parcels = MessagesOf<typeof parcelMessages>;
export type ParcelMessage = MessageOf<Parcels>;
/** A stage of the parcel service, by the type of what it accepts. */
export type ParcelStage<Type extends keyof Parcels = keyof Parcels> = Stage<
  MessageOf<Parcels, Type>,
  ParcelMessage
>;
export type ParcelBus = EventBus<Parcels>;

export interface PipelineStory {
  stages: readonly ParcelStage[];
  settings?: PipelineSettings;
  /** Puts something before the bus. */
  alter?: (bus: ParcelBus) => ParcelBus;
  stopwatch?: () => number;
  /** By which the pipeline goes. Left out: the virtual one. */
  time?: Clock;
}

/** A running pipeline in virtual time, and everything that passes over its bus. */
export function aPipeline({ stages, settings, alter = (bus) => bus, stopwatch, time }: PipelineStory) {
  const clock = new VirtualClock(Date.parse('2026-03-02T10:00:00Z'));
  const random = seededRandom(1);
  const ids = createIds(clock, random);
  const logger = recordingLogger();
  const bus = alter(new InMemoryEventBus({ catalogue: parcelMessages, clock }));
  const passed: ParcelMessage[] = [];
  bus.subscribe({ name: 'onlooker', handles: '*', handle: async (message) => void passed.push(message) });
  const pipeline = new Pipeline<Parcels>({
    bus,
    clock: time ?? clock,
    ids,
    random,
    stages,
    logger,
    ...(settings && { settings }),
    ...(stopwatch && { stopwatch }),
  });
  pipeline.start();
  const order = (parcel: string) => createMessage({ clock, ids }, parcelMessages.Ordered, { parcel });
  return {
    pipeline,
    bus,
    clock,
    passed,
    /** `type parcel`, in the order in which they passed. */
    seen: () => passed.map(({ type, data }) => `${type} ${data.parcel}`),
    logged: logger.lines,
    order,
    packed: (parcel: string, hops = 0) =>
      createMessage({ clock, ids }, parcelMessages.Packed, { parcel, hops }),
    /** Submits an order for each, and waits until all is quiet. */
    async deliver(...parcels: string[]) {
      await pipeline.submit(parcels.map(order));
      await pipeline.settle();
    },
    statisticsOf: (name: string) => pipeline.statistics().stages.find(({ stage }) => stage === name),
  };
}

/** Packs what is ordered. */
export const packing: ParcelStage<'Ordered'> = {
  name: 'pack',
  accepts: ['Ordered'],
  handle: ({ data: { parcel } }, { next }) => [next(parcelMessages.Packed, { parcel })],
};

/** Stamps what is packed. */
export const stamping: ParcelStage<'Packed'> = {
  name: 'stamp',
  accepts: ['Packed'],
  handle: async ({ data: { parcel } }, { next }) => [next(parcelMessages.Stamped, { parcel })],
};

/** Packs nothing: throws `thrown` on the parcels that `fails` names, and says of those given up that they are lost. */
export function failingToPack(
  thrown: unknown,
  fails: (parcel: string) => boolean = () => true,
): ParcelStage<'Ordered'> {
  return {
    name: 'pack',
    accepts: ['Ordered'],
    async handle(message, context) {
      if (fails(message.data.parcel)) throw thrown;
      return packing.handle(message, context);
    },
    giveUp({ data: { parcel } }, error, { next }) {
      return [
        next(parcelMessages.Lost, { parcel, reason: error instanceof Error ? error.message : 'unknown' }),
      ];
    },
  };
}
