import { millisecondsInMinute, millisecondsInSecond } from 'date-fns/constants';

/** How the greenhouse is watched; durations in milliseconds, temperatures in °C. */
export const rules = {
  windowMs: millisecondsInMinute,
  /** So much later than newer ones a reading may come and count. */
  latenessMs: 10 * millisecondsInSecond,
  /** So much later than ours the time of a reading may be: clocks differ, and time does not run ahead. */
  aheadMs: 5 * millisecondsInMinute,
  silentAfterMs: millisecondsInMinute,
  /** A reading is held against so many before it, once there are enough of them. */
  history: 30,
  historyAtLeast: 10,
  /** In robust standard deviations. */
  anomalyZ: 6,
  /** A sensor that reads the same all the time is not thrown by a tenth of a degree. */
  leastDeviation: 0.05,
  averageOver: 12,
  raiseAt: 30,
  clearBelow: 28,
  /** One alert of a kind for a sensor, the others are counted. */
  quietMs: 5 * millisecondsInMinute,
  batchRows: 1000,
  batchMs: 200,
} as const;

/** When the window begins that a moment falls into. */
export const windowOf = (atMs: number): number => Math.floor(atMs / rules.windowMs) * rules.windowMs;

/** Of at least one number, in ascending order. */
export function medianOfSorted(sorted: ArrayLike<number>): number {
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

/** In a block of memory: that is sorted without being asked of every two which comes first. */
export const ascending = (values: readonly number[]): Float64Array => new Float64Array(values).sort();
