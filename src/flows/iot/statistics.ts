import type { Stage } from '../../pipeline-runtime/index.ts';
import { type IotMessage, iotMessages as messages } from './messages.ts';
import { ascending, medianOfSorted, rules, windowOf } from './rules.ts';

/** What makes the median absolute deviation comparable with a standard deviation. */
const consistency = 0.6745;

/** Holds a reading against the median of those before it, which a few wild ones cannot move. */
export const anomalyStage: Stage<
  IotMessage<'ReadingAccepted'>,
  IotMessage<'AnomalyDetected'>,
  readonly number[]
> = {
  name: 'anomaly',
  accepts: ['ReadingAccepted'],
  state: { initial: () => [] },
  handle({ data: { sensorId, atMs, value } }, { state, next }) {
    const before = state.get();
    state.set(withLatest(before, value, rules.history));
    if (before.length < rules.historyAtLeast) return [];
    const z = robustScore(before, value);
    return Math.abs(z) > rules.anomalyZ ? [next(messages.AnomalyDetected, { sensorId, atMs, value, z })] : [];
  },
};

/** No more than so many, with one more. */
function withLatest(values: readonly number[], value: number, most: number): readonly number[] {
  const latest = values.slice(Math.max(0, values.length + 1 - most));
  latest.push(value);
  return latest;
}

function robustScore(values: readonly number[], value: number): number {
  const median = medianOfSorted(ascending(values));
  const deviation = medianOfSorted(ascending(values.map((each) => Math.abs(each - median))));
  return (consistency * (value - median)) / Math.max(deviation, rules.leastDeviation);
}

/** The mean of the last readings, with each that comes. */
export const averageStage: Stage<
  IotMessage<'ReadingAccepted'>,
  IotMessage<'MovingAverage'>,
  readonly number[]
> = {
  name: 'moving-average',
  accepts: ['ReadingAccepted'],
  state: { initial: () => [] },
  handle({ data: { sensorId, atMs, value } }, { state, next }) {
    const latest = withLatest(state.get(), value, rules.averageOver);
    state.set(latest);
    return [next(messages.MovingAverage, { sensorId, atMs, mean: meanOf(latest) })];
  },
};

interface OpenWindow {
  readonly fromMs: number;
  readonly values: readonly number[];
}

/** Gathers readings by the minute of the sensor's time, and closes a minute when the watermark has passed its end. */
export const windowStage: Stage<
  IotMessage<'ReadingAccepted' | 'WatermarkAdvanced'>,
  IotMessage<'WindowClosed'>,
  readonly OpenWindow[]
> = {
  name: 'window',
  accepts: ['ReadingAccepted', 'WatermarkAdvanced'],
  state: { initial: () => [] },
  handle({ type, data }, { state, next }) {
    const { sensorId, watermarkMs } = data;
    const windows = type === 'ReadingAccepted' ? added(state.get(), data) : state.get();
    const over = windows.filter((window) => endOf(window) <= watermarkMs);
    state.set(over.length === 0 ? windows : windows.filter((window) => endOf(window) > watermarkMs));
    return over.map((window) => next(messages.WindowClosed, { sensorId, ...figuresOf(window) }));
  },
};

const endOf = ({ fromMs }: OpenWindow): number => fromMs + rules.windowMs;

function added(
  windows: readonly OpenWindow[],
  { atMs, value }: IotMessage<'ReadingAccepted'>['data'],
): readonly OpenWindow[] {
  const fromMs = windowOf(atMs);
  const values = windows.find((each) => each.fromMs === fromMs)?.values ?? [];
  return [...windows.filter((each) => each.fromMs !== fromMs), { fromMs, values: [...values, value] }].sort(
    (one, other) => one.fromMs - other.fromMs,
  );
}

/** In whatever order they came. */
function figuresOf({ fromMs, values }: OpenWindow) {
  const sorted = ascending(values);
  return {
    fromMs,
    toMs: fromMs + rules.windowMs,
    count: sorted.length,
    min: sorted[0] ?? Number.NaN,
    mean: meanOf(sorted),
    median: medianOfSorted(sorted),
    max: sorted.at(-1) ?? Number.NaN,
  };
}

function meanOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let index = 0; index < values.length; index++) sum += values[index] ?? 0;
  return sum / values.length;
}
