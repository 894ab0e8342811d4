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

type Out = ManufacturingMessage<'GroupCharted' | 'OutOfControl' | 'PieceRejected'>;

/** Makes limits of the first groups (phase I), and holds the others against them (phase II). */
export const qualityStage: Stage<ManufacturingMessage<'GroupPassed'>, Out, Chart> = {
  name: 'quality',
  accepts: ['GroupPassed'],
  state: { initial: () => ({ groups: 0, limits: null, points: [], signals: {}, rejected: 0 }) },
  handle({ data: { lineId, lotId, diameters, isShut } }, { state, next }) {
    const chart = state.get();
    const group = chart.groups + 1;
    const figures = figuresOf(diameters);
    const means = [...chart.points.map(({ mean }) => mean), figures.mean].slice(-8);
    const signals = chart.limits === null ? [] : signalsOf(means, figures, chart.limits);
    const points = [...chart.points, { group, signals, ...figures }].slice(-mostPoints);
    const rejected = diameters.flatMap((diameter, index) =>
      Math.abs(diameter - rules.target) > rules.tolerance
        ? [next(messages.PieceRejected, { lineId, lotId, group, piece: index + 1, diameter })]
        : [],
    );
    const isPhaseOne = chart.limits === null;
    state.set({
      groups: group,
      limits: group === rules.phaseOne ? limitsOf(points) : chart.limits,
      points,
      signals: counted(chart.signals, signals),
      rejected: chart.rejected + rejected.length,
    });
    return [
      ...rejected,
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

function counted(before: Chart['signals'], signals: readonly ChartRule[]): Chart['signals'] {
  const counts = { ...before };
  for (const rule of signals) counts[rule] = (counts[rule] ?? 0) + 1;
  return counts;
}
