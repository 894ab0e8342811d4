import { type Cell, type Document, inGroups, measured } from '../../../report/index.ts';
import type { Behaviour, Comparison } from '../comparison.ts';
import { handOverInWords } from '../hand-over.ts';
import { variants } from './faults.ts';

/** What all that depends on the machine stands under. */
export const behaviourHeading = 'Times, throughput and memory';

/** So many columns come before the figures that depend on the machine: architecture, hand-over and hops. */
export const columnsOfAnyMachine = 3;

const columns: readonly (readonly [heading: string, figureOf: (behaviour: Behaviour) => number])[] = [
  ['hand-over p50', ({ handOverMs }) => handOverMs.p50],
  ['hand-over p99', ({ handOverMs }) => handOverMs.p99],
  ['caller p50', ({ callerMs }) => callerMs.p50],
  ['caller p99', ({ callerMs }) => callerMs.p99],
  ['deliveries per s', ({ deliveriesPerSecond }) => deliveriesPerSecond],
  ['peak MB', ({ peakMb }) => peakMb],
];

/** How long it takes, and how much is done; each figure beside the most of its column. */
export function behaviourBlocks({ behaviour, machine }: Comparison): Document {
  if (behaviour.length === 0) return [];
  const most = columns.map(([, figureOf]) => Math.max(...behaviour.map(figureOf)));
  const cellOf = (figure: number, column: number): Cell => [
    { text: measured(figure), share: figure / (most[column] || 1) },
  ];
  return [
    { kind: 'heading', id: 'behaviour', name: 'Times', text: behaviourHeading },
    {
      kind: 'table',
      caption: 'Hops, times, throughput and memory',
      heading: ['', 'hops', ...columns.map(([heading]) => heading)],
      variants,
      rows: behaviour.map((each) => ({
        label: each.architecture,
        variant: handOverInWords(each.handOver),
        cells: [
          inGroups(each.hops),
          ...columns.map(([, figureOf], column) => cellOf(figureOf(each), column)),
        ],
      })),
      isDense: true,
    },
    {
      kind: 'paragraph',
      lines: [
        {
          text: 'Hand-over: ms from the command to the provider, which takes 50 ms. Caller: ms until the command returns.',
          tone: 'muted',
        },
        { text: `Measured on ${machine}; the hops are the same on every machine.`, tone: 'muted' },
      ],
    },
  ];
}
