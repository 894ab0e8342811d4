import { z } from 'zod';
import { defineMessage, type Message, type MessagesOf } from '../../events/index.ts';

const hops = z.int().nonnegative();
const count = z.int().nonnegative();
const source = z.string().min(1);
/** Whole thousandths of a kilometre, and of money the smallest coin. */
const measures = { metres: count, priceMinor: count };

/** A record, and the page that it was read in. */
const record = { source, page: z.int().positive(), of: z.int().positive(), line: z.int().positive() };
const rejection = z.object({
  line: record.line,
  reasons: z.array(z.string()).min(1).readonly(),
  raw: z.string(),
});
const ride = z.object({
  rideId: z.string().min(1),
  startedAtMs: z.int(),
  station: z.string().min(1),
  ...measures,
  source,
  line: record.line,
});
const sums = z.object({ rides: count, ...measures });
const counts = { read: count, loaded: count, duplicates: count, rejected: count };

const about = <const Type extends string, Shape extends z.ZodRawShape>(type: Type, shape: Shape) =>
  defineMessage({
    type,
    source: '/flows/etl',
    subject: (said) => (said as unknown as { source: string }).source,
    versions: [z.object({ source, hops, ...shape })],
  });

/** All that is said on the way from a source to the warehouse. What is of one source stays in its order. */
export const etlMessages = {
  EtlStarted: about('EtlStarted', { run: z.string().min(1) }),
  /** The line as it stands in the source, and its `fields` in the order of the columns; or a `problem`. */
  RecordExtracted: about('RecordExtracted', {
    ...record,
    raw: z.string(),
    fields: z.array(z.string()).readonly(),
    problem: z.string().nullable(),
  }),
  RecordRejected: about('RecordRejected', { ...record, ...rejection.shape }),
  RecordCleaned: about('RecordCleaned', {
    ...record,
    rideId: z.string().min(1),
    startedAtMs: z.int(),
    station: z.string().min(1),
    km: z.number().nonnegative(),
    price: z.number().nonnegative(),
  }),
  RecordTransformed: about('RecordTransformed', { ...record, ...ride.shape }),
  RideFound: about('RideFound', { ...record, ...ride.shape }),
  DuplicateFound: about('DuplicateFound', { ...record, rideId: z.string().min(1) }),
  PageAggregated: about('PageAggregated', {
    page: record.page,
    rides: z.array(ride).readonly(),
    stations: z.record(z.string(), sums),
    rejections: z.array(rejection).readonly(),
    duplicates: count,
  }),
  /** The warehouse has what it was given of the page, or keeps it until a batch is full: the next may come. */
  PageTaken: about('PageTaken', { page: record.page }),
  SourceEnded: about('SourceEnded', { read: count }),
  BatchLoaded: about('BatchLoaded', { batch: z.int().positive(), rows: count, rejected: count }),
  EtlCompleted: about('EtlCompleted', counts),
  EtlHalted: about('EtlHalted', { stage: z.string(), reason: z.string() }),
} as const;

export type EtlMessages = MessagesOf<typeof etlMessages>;
export type EtlMessage<Type extends keyof EtlMessages> = {
  [T in Type]: Message<T, EtlMessages[T]>;
}[Type];
export type Ride = z.infer<typeof ride>;
export type Rejection = z.infer<typeof rejection>;
export type Sums = z.infer<typeof sums>;
export type Counts = Pick<EtlMessages['EtlCompleted'], keyof typeof counts>;
