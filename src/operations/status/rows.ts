import type { Colors, Row } from '../../report/index.ts';
import { inGroups, inPercent, inWords, onAverage } from '../../report/index.ts';
import type { Figures, ReasonCounts } from './figures.ts';

type Cell = (figures: Figures) => string;

/** The figures as rows of a table, with a cell for each of `columns`; the first of them is the total. */
export function rowsOf(columns: readonly [Figures, ...Figures[]], colors: Colors): Row[] {
  const [total] = columns;
  const row = (label: string, cell: Cell, style: Row['style'] = (text) => text): Row => ({
    label,
    cells: columns.map(cell),
    style,
  });
  const reasons = (of: (figures: Figures) => ReasonCounts): Row[] =>
    Object.keys(of(total)).map((reason) =>
      row(`  ${reason}`, (figures) => inGroups(of(figures)[reason] ?? 0), colors.dim),
    );
  const time = (label: string, key: 'minMs' | 'p50Ms' | 'p95Ms' | 'p99Ms' | 'maxMs'): Row =>
    row(`  ${label}`, ({ deliveryTime }) => (deliveryTime === null ? '–' : inWords(deliveryTime[key])));
  return [
    row('requested', ({ requested }) => inGroups(requested)),
    row('sent', ({ sent }) => inGroups(sent)),
    row('skipped', ({ skipped }) => inGroups(skipped)),
    ...reasons(({ skippedByReason }) => skippedByReason),
    row(
      'dead-lettered',
      ({ deadLettered }) => inGroups(deadLettered),
      total.deadLettered > 0 ? colors.red : undefined,
    ),
    ...reasons(({ deadLetteredByReason }) => deadLetteredByReason),
    row('pending', ({ pending }) => inGroups(pending), total.pending > 0 ? colors.yellow : undefined),
    row('  waiting', ({ waiting }) => inGroups(waiting), colors.dim),
    ...reasons(({ waitingByReason }) => waitingByReason).map(({ label, ...rest }) => ({
      label: `  ${label}`,
      ...rest,
    })),
    row('failed', ({ failed }) => inGroups(failed), total.failed > 0 ? colors.yellow : undefined),
    row('  sent in the end', ({ recovered }) => inGroups(recovered), colors.dim),
    row('success rate', ({ successRate }) => inPercent(successRate)),
    row('average attempts', ({ averageAttempts }) => onAverage(averageAttempts)),
    { label: 'delivery time', cells: [] },
    time('min', 'minMs'),
    time('p50', 'p50Ms'),
    time('p95', 'p95Ms'),
    time('p99', 'p99Ms'),
    time('max', 'maxMs'),
  ];
}
