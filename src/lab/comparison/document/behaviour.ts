import { type Block, type Cell, type Document, inGroups, rounded } from '../../../report/index.ts';
import type { Behaviour, Comparison } from '../comparison.ts';
import { handOverInWords } from '../hand-over.ts';
import { ranked, spreadOf } from '../rounds.ts';
import { variants } from './faults.ts';

/** What all that depends on the machine stands under. */
export const behaviourHeading = 'Times and throughput';

/** So many columns come before the figures that depend on the machine: architecture, hand-over and hops. */
export const columnsOfAnyMachine = 3;

type Figures = (behaviour: Behaviour) => readonly number[];

const columns: readonly (readonly [heading: string, figuresOf: Figures, isBetter: 'less' | 'more'])[] = [
  ['hand-over p50', ({ handOverP50Ms }) => handOverP50Ms, 'less'],
  ['hand-over p99', ({ handOverP99Ms }) => handOverP99Ms, 'less'],
  ['caller p50', ({ callerP50Ms }) => callerP50Ms, 'less'],
  ['caller p99', ({ callerP99Ms }) => callerP99Ms, 'less'],
  ['deliveries per s', ({ deliveriesPerSecond }) => deliveriesPerSecond, 'more'],
];

/** How long it takes, and how much is done; each figure beside the most of its column, with its spread. */
export function behaviourBlocks({ behaviour, machine, server }: Comparison): Document {
  if (behaviour.length === 0) return [];
  const most = columns.map(([, figuresOf]) =>
    Math.max(...behaviour.map((each) => spreadOf(figuresOf(each)).median)),
  );
  const cellOf = (figures: readonly number[], column: number): Cell => {
    const { median, least, most: greatest } = spreadOf(figures);
    const text = `${rounded(median)} (${rounded(least)}–${rounded(greatest)})`;
    return [{ text, share: median / (most[column] || 1) }];
  };
  return [
    { kind: 'heading', id: 'behaviour', name: 'Times', text: behaviourHeading },
    {
      kind: 'table',
      caption: 'Hops, times and throughput',
      heading: ['', 'hops', ...columns.map(([heading]) => heading)],
      variants,
      rows: behaviour.map((each) => ({
        label: each.architecture,
        variant: handOverInWords(each.handOver),
        cells: [
          inGroups(each.hops),
          ...columns.map(([, figuresOf], column) => cellOf(figuresOf(each), column)),
        ],
      })),
      isDense: true,
    },
    ranks(behaviour),
    {
      kind: 'paragraph',
      lines: [
        {
          text: 'Hand-over: ms from the command to the provider, which takes 50 ms. Caller: ms until the command returns. Median of the rounds, and the least and the most; all in the same rounds, one after the other.',
          tone: 'muted',
        },
        {
          text: 'Each delivery begins with a command of its own here, one transaction each. npm run bench feeds events in hundreds at once: its figures are higher, and not to be held against these.',
          tone: 'muted',
        },
        {
          text: `Measured on ${machine}${server ? ` and ${server.name}` : ''}; the hops are the same on every machine.`,
          tone: 'muted',
        },
      ],
    },
  ];
}

/** Who is quicker, by each figure; where the order was another one in some round, nobody. */
const ranks = (behaviour: readonly Behaviour[]): Block => ({
  kind: 'list',
  items: columns.map(([heading, figuresOf, isBetter]) => {
    const groups = ranked(
      behaviour.map((each) => ({
        name: `${each.architecture} (${handOverInWords(each.handOver)})`,
        figures: figuresOf(each).map((figure) => (isBetter === 'less' ? figure : -figure)),
      })),
    );
    return { term: `best ${heading}`, texts: [groups.map((group) => group.join(' = ')).join('; then ')] };
  }),
});
