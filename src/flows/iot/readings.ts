import type { Stage, StageContext } from '../../pipeline-runtime/index.ts';
import { type IotMessage, iotMessages as messages, type Rejection } from './messages.ts';
import { rules, windowOf } from './rules.ts';

/** A window that takes readings still, and which it has. */
interface OpenWindow {
  readonly fromMs: number;
  readonly seqs: readonly number[];
}

/** What is known of a sensor. */
export interface Validated {
  readonly accepted: number;
  readonly rejected: Readonly<Partial<Record<Rejection, number>>>;
  /** Windows that end here or before are closed. */
  readonly watermarkMs: number;
  /** Oldest first. */
  readonly open: readonly OpenWindow[];
  /** For when the timer is set; null: for never. */
  readonly dueMs: number | null;
}

const nothing: Validated = { accepted: 0, rejected: {}, watermarkMs: 0, open: [], dueMs: null };

type In = IotMessage<'ReadingReceived' | 'WatermarkDue'>;
type Out = IotMessage<'ReadingAccepted' | 'ReadingRejected' | 'WatermarkAdvanced'>;

/**
 * Lets in what can be used, and says how far each sensor's time has come: to its newest reading less the lateness. Where no
 * newer one comes, a timer closes the windows that are over.
 */
export const validateStage: Stage<In, Out, Validated> = {
  name: 'validate',
  accepts: ['ReadingReceived', 'WatermarkDue'],
  state: { initial: () => nothing },
  handle(message, context) {
    const { state, next } = context;
    const known = state.get();
    const { sensorId } = message.data;
    const cameMs = Date.parse(message.time);
    if (message.type === 'WatermarkDue') {
      const watermarkMs = Math.max(known.watermarkMs, lastEndBefore(known, cameMs));
      const heardMs = cameMs - rules.latenessMs;
      keep(advanced({ ...known, dueMs: null }, watermarkMs), { sensorId, heardMs }, context);
      return [next(messages.WatermarkAdvanced, { sensorId, watermarkMs })];
    }
    const { seq, atMs, value } = message.data;
    const reason = whyNot(known, message.data, cameMs);
    if (value === null || reason !== undefined) {
      const why = reason ?? 'not_a_number';
      state.set({ ...known, rejected: { ...known.rejected, [why]: (known.rejected[why] ?? 0) + 1 } });
      return [next(messages.ReadingRejected, { sensorId, seq, atMs, reason: why })];
    }
    const watermarkMs = Math.max(known.watermarkMs, atMs - rules.latenessMs);
    const accepted = { ...known, accepted: known.accepted + 1, open: noted(known.open, seq, atMs) };
    keep(advanced(accepted, watermarkMs), { sensorId, heardMs: cameMs }, context);
    return [next(messages.ReadingAccepted, { sensorId, seq, atMs, value, watermarkMs })];
  },
};

/** With the timer that closes its oldest window, where that is due at another time than before. */
function keep(
  sensor: Validated,
  { sensorId, heardMs }: { readonly sensorId: string; readonly heardMs: number },
  { state, next, at }: Pick<StageContext<Validated>, 'state' | 'next' | 'at'>,
): void {
  const dueMs = dueOf(sensor, heardMs);
  state.set({ ...sensor, dueMs });
  if (dueMs !== null && dueMs !== sensor.dueMs)
    at(sensorId, dueMs, next(messages.WatermarkDue, { sensorId }));
}

/** Says when nothing at all was heard of a sensor for a minute: a dead man's switch. */
export const silenceStage: Stage<IotMessage<'ReadingReceived'>, never> = {
  name: 'silence',
  accepts: ['ReadingReceived'],
  handle({ time, data: { sensorId } }, { at, next }) {
    at(sensorId, Date.parse(time) + rules.silentAfterMs, next(messages.SensorSilent, { sensorId }));
    return [];
  },
};

function whyNot(
  { watermarkMs, open }: Validated,
  { seq, atMs, value, unit }: IotMessage<'ReadingReceived'>['data'],
  cameMs: number,
): Rejection | undefined {
  if (value === null) return 'not_a_number';
  if (unit !== 'C') return 'unknown_unit';
  // One that counted would move the watermark on, and the sensor's next readings would all be too late.
  if (atMs > cameMs + rules.aheadMs) return 'too_early';
  if (endOf(windowOf(atMs)) <= watermarkMs) return 'too_late';
  return open.some(({ seqs }) => seqs.includes(seq)) ? 'duplicate' : undefined;
}

function noted(open: readonly OpenWindow[], seq: number, atMs: number): readonly OpenWindow[] {
  const fromMs = windowOf(atMs);
  const seqs = open.find((each) => each.fromMs === fromMs)?.seqs ?? [];
  return [...open.filter((each) => each.fromMs !== fromMs), { fromMs, seqs: [...seqs, seq] }].sort(
    (one, other) => one.fromMs - other.fromMs,
  );
}

const advanced = (sensor: Validated, watermarkMs: number): Validated => ({
  ...sensor,
  watermarkMs,
  open: sensor.open.filter(({ fromMs }) => endOf(fromMs) > watermarkMs),
});

const endOf = (fromMs: number): number => fromMs + rules.windowMs;

/** When the oldest window closes for want of newer readings; null: none is open. */
function dueOf({ open: [oldest] }: Validated, heardMs: number): number | null {
  return oldest === undefined ? null : Math.max(endOf(oldest.fromMs), heardMs) + rules.latenessMs;
}

/** Where the newest of the open windows ends that are over, and the lateness too. */
const lastEndBefore = ({ open }: Validated, nowMs: number): number =>
  open
    .map(({ fromMs }) => endOf(fromMs))
    .filter((endMs) => endMs + rules.latenessMs <= nowMs)
    .at(-1) ?? 0;
