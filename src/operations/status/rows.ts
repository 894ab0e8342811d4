import { inGroups, inPercent, inWords, onAverage, type Row, type Tone } from '../../report/index.ts';
import type { Figures, ReasonCounts } from './figures.ts';

type Cell = (figures: Figures) => string;
type ToRow = (label: string, cell: Cell, tone?: Tone) => Row;

/** The figures as rows of a table, with a cell for each of `columns`; the first of them is the total. */
export function rowsOf(columns: readonly [Figures, ...Figures[]]): Row[] {
  const [total] = columns;
  const row: ToRow = (label, cell, tone) => ({
    label,
    cells: columns.map(cell),
    ...(tone && { tone }),
  });
  const reasons = (of: (figures: Figures) => ReasonCounts): Row[] =>
    Object.keys(of(total)).map((reason) =>
      row(`  ${reason}`, (figures) => inGroups(of(figures)[reason] ?? 0), 'muted'),
    );
  const time = (label: string, key: 'minMs' | 'p50Ms' | 'p95Ms' | 'p99Ms' | 'maxMs'): Row =>
    row(`  ${label}`, ({ deliveryTime }) => (deliveryTime === null ? '–' : inWords(deliveryTime[key])));
  return [
    row('requested', ({ requested }) => inGroups(requested)),
    row('sent', ({ sent }) => inGroups(sent)),
    ...reportedRows(total, row),
    row('skipped', ({ skipped }) => inGroups(skipped)),
    ...reasons(({ skippedByReason }) => skippedByReason),
    row(
      'dead-lettered',
      ({ deadLettered }) => inGroups(deadLettered),
      total.deadLettered > 0 ? 'bad' : undefined,
    ),
    ...reasons(({ deadLetteredByReason }) => deadLetteredByReason),
    row('pending', ({ pending }) => inGroups(pending), total.pending > 0 ? 'warning' : undefined),
    row('  waiting', ({ waiting }) => inGroups(waiting), 'muted'),
    ...reasons(({ waitingByReason }) => waitingByReason).map(({ label, ...rest }) => ({
      label: `  ${label}`,
      ...rest,
    })),
    row('failed', ({ failed }) => inGroups(failed), total.failed > 0 ? 'warning' : undefined),
    row('  sent in the end', ({ recovered }) => inGroups(recovered), 'muted'),
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

/** What providers reported of the sent; a provider may report nothing. */
function reportedRows({ reported }: Figures, row: ToRow): Row[] {
  const { delivered, bounced, failed } = reported;
  if (delivered + bounced + failed === 0) return [];
  const bad = (count: number): Tone => (count > 0 ? 'bad' : 'muted');
  return [
    row('  reported delivered', (figures) => inGroups(figures.reported.delivered), 'muted'),
    row('  reported bounced', (figures) => inGroups(figures.reported.bounced), bad(bounced)),
    row('  reported failed', (figures) => inGroups(figures.reported.failed), bad(failed)),
  ];
}
