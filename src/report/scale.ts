import type { Lines, Timeline } from './picture.ts';

/** From one figure to another. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** Where a figure stands in a range, from 0 to 1; where there is but one figure, in the middle. */
export const shareOf = (figure: number, { from, to }: Range): number =>
  to > from ? Math.min(1, Math.max(0, (figure - from) / (to - from))) : 0.5;

/** Of all values and limits: lines are to be compared. */
export function rangeOf({ lines, limits = [] }: Lines): Range {
  const figures = [...lines.flatMap(({ values }) => values), ...limits.map(({ value }) => value)];
  return around(figures.filter((figure) => figure !== null));
}

/** From the first of all moments to the last. */
export const periodOf = ({ lanes }: Timeline): Range =>
  around(
    lanes.flatMap(({ spans, moments = [] }) => [
      ...spans.flatMap(({ fromMs, toMs }) => [fromMs, toMs]),
      ...moments.map(({ atMs }) => atMs),
    ]),
  );

/** Of any number of figures: there may be more than a call takes arguments. */
function around(figures: readonly number[]): Range {
  const [first = 0] = figures;
  return figures.reduce(
    ({ from, to }, figure) => ({ from: Math.min(from, figure), to: Math.max(to, figure) }),
    { from: first, to: first },
  );
}

const figures = new Intl.NumberFormat('en', { maximumFractionDigits: 3 });

/** `60.404 mm`, `1,200` */
export const withUnit = (figure: number, unit?: string): string =>
  unit === undefined ? figures.format(figure) : `${figures.format(figure)} ${unit}`;

const iso = (atMs: number): string => new Date(atMs).toISOString();

/** `10:00:07` where all is of one day; `2026-03-02 10:00:07` where it is not. */
export const timeIn = (atMs: number, { from, to }: Range): string =>
  iso(from).slice(0, 10) === iso(to).slice(0, 10)
    ? iso(atMs).slice(11, 19)
    : iso(atMs).slice(0, 19).replace('T', ' ');
