import { busName, type Cell, type Document, inGroups, inWords, type Text } from '../../../report/index.ts';
import type { FaultOutcome } from '../comparison.ts';
import { type EffectKind, effectsOf, faultMatrixOf, matrixLegend } from '../fault-matrix.ts';

/** The matrix, what each fault is, and every figure behind it. */
export function faultBlocks(outcomes: readonly FaultOutcome[]): Document {
  if (outcomes.length === 0) return [];
  const { faults, rows } = faultMatrixOf(outcomes);
  return [
    { kind: 'heading', id: 'faults', name: 'Faults', text: 'Faults, in virtual time' },
    {
      kind: 'table',
      caption: 'Effects of each fault',
      heading: ['', ...faults.map(({ fault }) => fault)],
      variants,
      rows: rows.map(({ architecture, bus, outcomes: cells }) => ({
        label: architecture,
        variant: variantOf(bus),
        cells: cells.map(cellOf),
      })),
      of: 'verdicts',
      isDense: true,
    },
    {
      kind: 'list',
      items: faults.map(({ fault, title, extent }) => ({
        term: fault,
        isCode: true,
        texts: [`${title}; ${extent}`],
      })),
    },
    { kind: 'paragraph', lines: [{ text: `${matrixLegend.join('; ')}.`, tone: 'muted' }] },
    { kind: 'fold', title: 'Every figure', blocks: [everyFigure(outcomes)] },
  ];
}

/** Rows of an architecture are told from each other by their bus. */
export const variants = { heading: 'bus', none: busName(null) };

export const variantOf = (bus: string | null): string | null => (bus === null ? null : busName(bus));

const tones = { lost: 'bad', doubled: 'grave', blocked: 'warning', late: 'mild' } as const satisfies Record<
  EffectKind,
  Extract<Text, object>['tone']
>;

function cellOf(outcome: FaultOutcome | undefined): Cell {
  if (outcome === undefined) return [{ text: '–', tone: 'muted', words: 'not tried' }];
  const effects = effectsOf(outcome).map(({ kind, text }) => ({ text, tone: tones[kind] }));
  return effects.length === 0 ? [{ text: '✓', tone: 'good', words: 'nobody noticed' }] : effects;
}

const everyFigure = (outcomes: readonly FaultOutcome[]): Document[number] => ({
  kind: 'table',
  caption: 'Every figure of the faults',
  heading: ['fault', 'architecture', 'bus', 'runs', 'expected', 'lost', 'doubled', 'late', 'caller blocked'],
  rows: outcomes.map(
    ({ fault, architecture, bus, runs, expected, lost, doubled, late, callerBlockedMs }) => ({
      label: fault,
      cells: [
        architecture,
        busName(bus),
        ...[runs, expected, lost, doubled, late].map(inGroups),
        inWords(callerBlockedMs),
      ],
    }),
  ),
});
