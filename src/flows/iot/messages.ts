import { z } from 'zod';
import { defineMessage, type Message, type MessagesOf } from '../../events/index.ts';

const source = '/flows/iot';
const hops = z.int().nonnegative();
const atMs = z.int().nonnegative();
/** No sensor is called like this. */
export const storeSubject = '/store';
const of = { sensorId: z.string().regex(/^[\w.-]{1,64}$/), hops };
const reading = { ...of, seq: z.int().nonnegative(), atMs };

const aboutSensor = <const Type extends string, Shape extends z.ZodRawShape>(type: Type, shape: Shape) =>
  defineMessage({
    type,
    source,
    subject: (said) => (said as { sensorId: string }).sensorId,
    versions: [z.object({ ...of, ...shape })],
  });

const aboutStore = <const Type extends string, Shape extends z.ZodRawShape>(type: Type, shape: Shape) =>
  defineMessage({ type, source, subject: () => storeSubject, versions: [z.object({ hops, ...shape })] });

export const rejections = ['not_a_number', 'unknown_unit', 'too_late', 'too_early', 'duplicate'] as const;
const kind = z.enum(['anomaly', 'too_warm']);

/** All that is said in the greenhouse. `atMs` is the sensor's time, the time of a message is ours. */
export const iotMessages = {
  ReadingReceived: aboutSensor('ReadingReceived', {
    ...reading,
    value: z.number().nullable(),
    unit: z.string(),
  }),
  /** With how far the sensor's time has come: what is older than a window that ended before comes too late. */
  ReadingAccepted: aboutSensor('ReadingAccepted', { ...reading, value: z.number(), watermarkMs: z.int() }),
  ReadingRejected: aboutSensor('ReadingRejected', { ...reading, reason: z.enum(rejections) }),
  /** Nothing came for a while, and a window waits for its end. */
  WatermarkDue: aboutSensor('WatermarkDue', {}),
  WatermarkAdvanced: aboutSensor('WatermarkAdvanced', { watermarkMs: z.int() }),
  AnomalyDetected: aboutSensor('AnomalyDetected', { atMs, value: z.number(), z: z.number() }),
  MovingAverage: aboutSensor('MovingAverage', { atMs, mean: z.number() }),
  WindowClosed: aboutSensor('WindowClosed', {
    fromMs: z.int(),
    toMs: z.int(),
    count: z.int().positive(),
    min: z.number(),
    mean: z.number(),
    median: z.number(),
    max: z.number(),
  }),
  /** The median of a window is at or above the limit, and was not before. */
  LimitReached: aboutSensor('LimitReached', { fromMs: z.int(), median: z.number() }),
  /** It is well below again. */
  LimitLeft: aboutSensor('LimitLeft', { fromMs: z.int(), median: z.number() }),
  AlertRaised: aboutSensor('AlertRaised', { kind, value: z.number() }),
  AlertCleared: aboutSensor('AlertCleared', { kind, value: z.number() }),
  AlertSuppressed: aboutSensor('AlertSuppressed', { kind, count: z.int().positive() }),
  /** From now on an alert of this kind may be raised again. */
  QuietEnded: aboutSensor('QuietEnded', { kind }),
  SensorSilent: aboutSensor('SensorSilent', {}),
  BatchDue: aboutStore('BatchDue', {}),
  /** In columns, as stores of measurements take them. */
  BatchReady: aboutStore('BatchReady', {
    batch: z.int().positive(),
    sensorIds: z.array(z.string()).readonly(),
    atMs: z.array(z.int()).readonly(),
    values: z.array(z.number()).readonly(),
  }),
  BatchStored: aboutStore('BatchStored', { batch: z.int().positive(), rows: z.int().nonnegative() }),
} as const;

export type IotMessages = MessagesOf<typeof iotMessages>;
export type IotMessage<Type extends keyof IotMessages> = {
  [T in Type]: Message<T, IotMessages[T]>;
}[Type];
export type Rejection = (typeof rejections)[number];
export type AlertKind = z.infer<typeof kind>;
