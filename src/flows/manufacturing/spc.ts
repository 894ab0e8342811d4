import type { ChartRule } from './messages.ts';

/** For groups of five (Montgomery, Introduction to Statistical Quality Control). */
const a2 = 0.577;
const d4 = 2.114;
export const d2 = 2.326;

export interface Figures {
  readonly mean: number;
  readonly range: number;
}

/** Of an X̄–R chart. */
export interface Limits {
  readonly centre: number;
  readonly meanRange: number;
  readonly upper: number;
  readonly lower: number;
  readonly upperRange: number;
}

export const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

export const figuresOf = (diameters: readonly number[]): Figures => ({
  mean: meanOf(diameters),
  range: Math.max(...diameters) - Math.min(...diameters),
});

export function limitsOf(groups: readonly Figures[]): Limits {
  const centre = meanOf(groups.map(({ mean }) => mean));
  const meanRange = meanOf(groups.map(({ range }) => range));
  const reach = a2 * meanRange;
  return { centre, meanRange, upper: centre + reach, lower: centre - reach, upperRange: d4 * meanRange };
}

/**
 * What the newest group signals (Western Electric, 1956). The newest is one of those that a rule counts: what is over is not
 * signalled again.
 * @param means Of up to eight groups, the newest last.
 */
export function signalsOf(means: readonly number[], newest: Figures, limits: Limits): readonly ChartRule[] {
  const sigma = (limits.upper - limits.centre) / 3;
  const side = Math.sign(newest.mean - limits.centre);
  const beyond = (mean: number, sigmas: number): boolean => side * (mean - limits.centre) > sigmas * sigma;
  const has = (needed: number, of: number, sigmas: number): boolean =>
    beyond(newest.mean, sigmas) && means.slice(-of).filter((mean) => beyond(mean, sigmas)).length >= needed;
  const signals: readonly (readonly [ChartRule, boolean])[] = [
    ['beyond_3_sigma', has(1, 1, 3)],
    ['2_of_3_beyond_2_sigma', has(2, 3, 2)],
    ['4_of_5_beyond_1_sigma', has(4, 5, 1)],
    ['8_on_one_side', side !== 0 && has(8, 8, 0)],
    ['range', newest.range > limits.upperRange],
  ];
  return signals.flatMap(([rule, isSignal]) => (isSignal ? [rule] : []));
}
