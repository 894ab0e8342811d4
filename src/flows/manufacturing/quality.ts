import type { Stage } from '../../pipeline-runtime/index.ts';
import { type ChartRule, type ManufacturingMessage, manufacturingMessages as messages } from './messages.ts';
import { rules } from './rules.ts';
import { type Figures, figuresOf, type Limits, limitsOf, signalsOf } from './spc.ts';

/** A point of the chart. */
export interface Point extends Figures {
  readonly group: number;
  readonly signals: readonly ChartRule[];
}

/** What is known of how a line bakes. */
export interface Chart {
  readonly groups: number;
  readonly limits: Limits | null;
  /** The newest. */
  readonly points: readonly Point[];
  readonly signals: Readonly<Partial<Record<ChartRule, number>>>;
  readonly rejected: number;
}

const mostPoints = 40;

export const emptyChart: Chart = { groups: 0, limits: null, points: [], signals: {}, rejected: 0 };

type Out = ManufacturingMessage<'GroupCharted' | 'OutOfControl' | 'PieceRejected'>;

/** Makes limits of the first groups (phase I), and holds the others against them (phase II). */
export const qualityStage: Stage<ManufacturingMessage<'GroupPassed'>, Out, Chart> = {
  name: 'quality',
  accepts: ['GroupPassed'],
  state: { initial: () => emptyChart },
  handle({ data: { lineId, lotId, diameters, isShut } }, { state, next }) {
    const isPhaseOne = state.get().limits === null;
    const { chart, figures, signals, defects } = charted(state.get(), diameters);
    const group = chart.groups;
    state.set(chart);
    return [
      ...defects.map((defect) => next(messages.PieceRejected, { lineId, lotId, group, ...defect })),
      ...signals.map((rule) =>
        next(messages.OutOfControl, {
          lineId,
          group,
          rule,
          value: rule === 'range' ? figures.range : figures.mean,
        }),
      ),
      next(messages.GroupCharted, { lineId, lotId, group, isShut, isPhaseOne, ...figures }),
    ];
  },
};

/** The chart with one more group, what that signals, and which of its pieces are no good. */
export function charted(before: Chart, diameters: readonly number[]) {
  const group = before.groups + 1;
  const figures = figuresOf(diameters);
  const means = [...before.points.map(({ mean }) => mean), figures.mean].slice(-8);
  const signals = before.limits === null ? [] : signalsOf(means, figures, before.limits);
  const points = [...before.points, { group, signals, ...figures }].slice(-mostPoints);
  const defects = diameters.flatMap((diameter, index) =>
    Math.abs(diameter - rules.target) > rules.tolerance ? [{ piece: index + 1, diameter }] : [],
  );
  const chart: Chart = {
    groups: group,
    limits: group === rules.phaseOne ? limitsOf(points) : before.limits,
    points,
    signals: counted(before.signals, signals),
    rejected: before.rejected + defects.length,
  };
  return { chart, figures, signals, defects };
}

function counted(before: Chart['signals'], signals: readonly ChartRule[]): Chart['signals'] {
  const counts = { ...before };
  for (const rule of signals) counts[rule] = (counts[rule] ?? 0) + 1;
  return counts;
}
