import type { FlowReport } from '../../pipeline-runtime/index.ts';
import type { Lot } from './lots.ts';
import type { ChartRule } from './messages.ts';
import type { Chart, Point } from './quality.ts';
import { rules } from './rules.ts';
import { d2, type Limits, meanOf } from './spc.ts';

type FlowTable = FlowReport['tables'][number];

interface Line {
  readonly lineId: string;
  readonly limits: Limits | null;
  readonly cpk: number | null;
  readonly signalled: readonly { readonly group: number; readonly rules: readonly ChartRule[] }[];
  readonly isShut: boolean;
  readonly shutdowns: number;
  readonly offset: number;
  readonly flour: number | null;
  readonly wear: { readonly dueInHours: number | null };
}

/** No list on a screen is longer. */
const longestList = 15;

/** The means of the groups between their limits, and what they signal. */
export function chartOf(lineId: string, { points, limits }: Chart): FlowReport['pictures'][number] {
  const first = String(points[0]?.group ?? 1);
  return {
    kind: 'lines',
    caption: `Control chart of ${lineId}: means of five, by group`,
    unit: 'mm',
    ends: [first, String(points.at(-1)?.group ?? 1)],
    lines: [
      {
        name: lineId,
        values: points.map(({ mean }) => three(mean)),
        marks: points.flatMap(({ signals, group }, index) =>
          signals.length === 0
            ? []
            : [{ index, words: `group ${group}: ${signals.join(', ')}`, tone: 'bad' as const }],
        ),
      },
    ],
    limits:
      limits === null
        ? []
        : [
            { name: 'upper limit', value: three(limits.upper), tone: 'bad' },
            { name: 'centre', value: three(limits.centre), tone: 'muted' },
            { name: 'lower limit', value: three(limits.lower), tone: 'bad' },
          ],
  };
}

/** How well what is baked fits between what is allowed; null: nobody knows yet. */
export function cpkOf(points: readonly Point[], limits: Limits | null): number | null {
  if (limits === null || limits.meanRange === 0) return null;
  const sigma = limits.meanRange / d2;
  const off = Math.abs(meanOf(points.map(({ mean }) => mean)) - rules.target);
  return (rules.tolerance - off) / (3 * sigma);
}

export const limitTable = (lines: readonly Line[]): FlowTable => ({
  title: 'Lines',
  columns: [
    'line',
    'centre',
    'lower',
    'upper',
    'mean range',
    'range up to',
    'Cpk',
    'offset',
    'flour',
    'maintenance in',
    '',
  ],
  rows: lines
    .slice(0, longestList)
    .map(({ lineId, limits, cpk, offset, flour, wear, isShut, shutdowns }) => [
      lineId,
      inWords(limits?.centre),
      inWords(limits?.lower),
      inWords(limits?.upper),
      inWords(limits?.meanRange),
      inWords(limits?.upperRange),
      cpk === null ? '' : cpk.toFixed(2),
      offset.toFixed(3),
      flour === null ? '' : `${flour} g`,
      wear.dueInHours === null || wear.dueInHours > 1000 ? '' : `${wear.dueInHours.toFixed(2)} h`,
      isShut ? 'shut down' : shutdowns > 0 ? `was shut down ${shutdowns}×` : '',
    ]),
});

export const signalTable = (lines: readonly Line[]): FlowTable => ({
  title: 'Out of control',
  columns: ['line', 'group', 'signals'],
  rows: lines
    .flatMap(({ lineId, signalled }) =>
      signalled.map(({ group, rules: rulesOf }) => [lineId, String(group), rulesOf.join(', ')]),
    )
    .slice(0, longestList),
});

export const lotTable = (lots: ReadonlyMap<string, Lot>): FlowTable => ({
  title: 'Lots',
  columns: ['lot', 'flour', 'pieces', 'rejected', 'availability', 'performance', 'quality', 'OEE'],
  rows: [...lots]
    .slice(0, longestList)
    .map(([lot, { flours, pieces, rejected, oee }]) => [
      lot,
      flours.join(', '),
      String(pieces),
      String(rejected.length),
      ...(oee === null
        ? ['', '', '', 'not ended']
        : [...oee, oee.reduce((product, factor) => product * factor, 1)].map(three).map(String)),
    ]),
});

const inWords = (value: number | undefined): string => (value === undefined ? '' : value.toFixed(3));

const three = (value: number): number => Math.round(value * 1000) / 1000;
