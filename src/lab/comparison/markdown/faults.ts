import { busName, code, escaped, inGroups, inWords, tableOf } from '../../../report/index.ts';
import type { Comparison, FaultOutcome } from '../comparison.ts';
import { effectsOf, faultMatrixOf, matrixLegend } from '../fault-matrix.ts';

/** The matrix, what each fault is, and every figure behind it. */
export function faultSection({ faults: outcomes }: Comparison): string[] {
  if (outcomes.length === 0) return [];
  const { faults, rows } = faultMatrixOf(outcomes);
  const matrix = rows.map(({ architecture, bus, outcomes: cells }) => [
    escaped(architecture),
    escaped(busName(bus)),
    ...cells.map(cellOf),
  ]);
  return [
    '## Faults',
    '',
    'In virtual time, so the same on every machine.',
    '',
    ...tableOf(['', 'bus', ...faults.map(({ fault }) => escaped(fault))], matrix),
    '',
    `${matrixLegend.join('; ')}.`,
    '',
    ...faults.map(({ fault, title, extent }) => `- ${code(fault)}: ${escaped(title)}; ${extent}`),
    '',
    '<details>',
    '<summary>Every figure</summary>',
    '',
    ...figures(outcomes),
    '',
    '</details>',
    '',
  ];
}

function cellOf(outcome: FaultOutcome | undefined): string {
  if (outcome === undefined) return '–';
  const effects = effectsOf(outcome).map(({ kind, text }) => (kind === 'lost' ? `**${text}**` : text));
  return effects.join(', ') || '✓';
}

const figures = (outcomes: readonly FaultOutcome[]): string[] =>
  tableOf(
    ['fault', '', 'bus', 'runs', 'expected', 'lost', 'doubled', 'late', 'caller blocked'],
    outcomes.map(({ fault, architecture, bus, runs, expected, lost, doubled, late, callerBlockedMs }) => [
      escaped(fault),
      escaped(architecture),
      escaped(busName(bus)),
      ...[runs, expected, lost, doubled, late].map(inGroups),
      inWords(callerBlockedMs),
    ]),
    'right',
  );
