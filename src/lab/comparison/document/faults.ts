import { type Cell, type Document, inGroups, inWords, type Text } from '../../../report/index.ts';
import type { FaultOutcome } from '../comparison.ts';
import { type EffectKind, effectsOf, faultMatrixOf, matrixLegend } from '../fault-matrix.ts';
import { handOverInWords } from '../hand-over.ts';
import { windowBlocks } from './windows.ts';

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
      rows: rows.map(({ architecture, handOver, outcomes: cells }) => ({
        label: architecture,
        variant: handOverInWords(handOver),
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
    ...windowBlocks(outcomes),
    { kind: 'fold', title: 'Every figure', blocks: [everyFigure(outcomes)] },
  ];
}

/** Rows of an architecture are told from each other by how it hands over. */
export const variants = { heading: 'handed over', none: '' };

const tones = {
  lost: 'bad',
  doubled: 'grave',
  blocked: 'warning',
  repeated: 'mild',
  late: 'mild',
} as const satisfies Record<EffectKind, Extract<Text, object>['tone']>;

function cellOf(outcome: FaultOutcome | undefined): Cell {
  if (outcome === undefined) return [{ text: '–', tone: 'muted', words: 'not tried' }];
  const effects = effectsOf(outcome).map(({ kind, text }) => ({ text, tone: tones[kind] }));
  return effects.length === 0
    ? [{ text: '✓', tone: 'good', words: 'everybody got it, once and in time' }]
    : effects;
}

const everyFigure = (outcomes: readonly FaultOutcome[]): Document[number] => ({
  kind: 'table',
  caption: 'Every figure of the faults',
  heading: [
    'fault',
    'architecture',
    'handed over',
    'runs',
    'expected',
    'lost',
    'doubled',
    'repeated',
    'late',
    'caller blocked',
  ],
  rows: outcomes.map(
    ({ fault, architecture, handOver, runs, expected, lost, doubled, repeated, late, callerBlockedMs }) => ({
      label: fault,
      cells: [
        architecture,
        handOverInWords(handOver),
        ...[runs, expected, lost, doubled, repeated, late].map(inGroups),
        inWords(callerBlockedMs),
      ],
    }),
  ),
});
