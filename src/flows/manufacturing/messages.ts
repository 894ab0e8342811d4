import { z } from 'zod';
import { defineMessage, type Message, type MessagesOf } from '../../events/index.ts';

const word = z.string().min(1);
/** Of a group, counted from 1 for each line. */
const group = z.int().positive();
const grams = z.number().nonnegative();
const diameters = z.array(z.number()).length(5).readonly();
export const chartRules = [
  'beyond_3_sigma',
  '2_of_3_beyond_2_sigma',
  '4_of_5_beyond_1_sigma',
  '8_on_one_side',
  'range',
] as const;
const shutdownReasons = ['too_hot', 'sensor_silent', 'actuator_failed'] as const;
/** What a lot is held against: seconds, and seconds a piece. */
const plan = { plannedS: z.number().positive(), runS: z.number().positive(), idealS: z.number().positive() };

const about = <const Type extends string, Shape extends z.ZodRawShape>(type: Type, shape: Shape) =>
  defineMessage({
    type,
    source: '/flows/manufacturing',
    subject: (said) => (said as unknown as { lineId: string }).lineId,
    versions: [z.object({ lineId: word, hops: z.int().nonnegative(), ...shape })],
  });

/** All that is said about a line; millimetres, °C, mm/s, grams. What concerns one line stays in its order. */
export const manufacturingMessages = {
  SubgroupMeasured: about('SubgroupMeasured', { lotId: word, diameters }),
  TemperatureRead: about('TemperatureRead', { celsius: z.number() }),
  VibrationRead: about('VibrationRead', { speed: z.number() }),
  FlourRefilled: about('FlourRefilled', { flourId: word, grams }),
  LotEnded: about('LotEnded', { lotId: word, ...plan }),
  ResetRequested: about('ResetRequested', { by: word }),
  MeasurementRejected: about('MeasurementRejected', { what: word, reason: z.literal('implausible') }),
  GroupTaken: about('GroupTaken', { lotId: word, diameters }),
  TemperatureTaken: about('TemperatureTaken', { celsius: z.number() }),
  VibrationTaken: about('VibrationTaken', { speed: z.number() }),
  SensorSilent: about('SensorSilent', {}),
  /** With whether the line is shut down. */
  GroupPassed: about('GroupPassed', { lotId: word, diameters, isShut: z.boolean() }),
  SafetyShutdown: about('SafetyShutdown', { reason: z.enum(shutdownReasons), value: z.number().nullable() }),
  ShutdownReset: about('ShutdownReset', { by: word }),
  ResetRefused: about('ResetRefused', {
    by: word,
    reason: z.enum(['no_right', 'not_shut_down', 'still_too_hot']),
  }),
  GroupCharted: about('GroupCharted', {
    lotId: word,
    group,
    mean: z.number(),
    range: z.number(),
    isShut: z.boolean(),
    isPhaseOne: z.boolean(),
  }),
  OutOfControl: about('OutOfControl', { group, rule: z.enum(chartRules), value: z.number() }),
  PieceRejected: about('PieceRejected', {
    lotId: word,
    group,
    piece: z.int().positive(),
    diameter: z.number(),
  }),
  AdjustmentDue: about('AdjustmentDue', { group, from: z.number(), to: z.number() }),
  ParameterAdjusted: about('ParameterAdjusted', { name: word, group, from: z.number(), to: z.number() }),
  ActuatorFailed: about('ActuatorFailed', { reason: z.string() }),
  MaintenanceRequested: about('MaintenanceRequested', { slope: z.number(), dueInHours: z.number() }),
  StockConsumed: about('StockConsumed', { lotId: word, flourId: word, grams, left: z.number() }),
  StockLow: about('StockLow', { group, cookie: z.int().positive(), left: z.number() }),
  LotDue: about('LotDue', { lotId: word }),
  ReportIssued: about('ReportIssued', {
    lotId: word,
    pieces: z.int().nonnegative(),
    rejected: z.int().nonnegative(),
    availability: z.number(),
    performance: z.number(),
    quality: z.number(),
    oee: z.number(),
  }),
} as const;

export type ManufacturingMessages = MessagesOf<typeof manufacturingMessages>;
export type ManufacturingMessage<Type extends keyof ManufacturingMessages> = {
  [T in Type]: Message<T, ManufacturingMessages[T]>;
}[Type];
export type ChartRule = (typeof chartRules)[number];
