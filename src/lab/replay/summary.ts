import { shownPlace } from '../../datastore/index.ts';
import { type Document, day, equationOf, inGroups, type Line, plural } from '../../report/index.ts';
import type { ReplayResult } from './replay.ts';
import type { NotificationTally, ReasonCounts } from './tally.ts';

/** A replay, and how long it took by the clock on the wall. */
export interface TimedReplay extends ReplayResult {
  readonly wallMs: number;
}

/** The table, then the totals. */
export const replayDocument = (result: TimedReplay): Document => [tableOf(result), ...totalsDocument(result)];

/** Proof that no delivery was lost, and what was played how fast. */
export const totalsDocument = (result: TimedReplay): Document => [
  {
    kind: 'paragraph',
    lines: [
      ...(result.wasStopped
        ? ['stopped before the end of the history; what waits stays in the datastore', ...howToGoOn(result)]
        : []),
      equationOf(result.counts),
      `${describeCommands(result)}, ${describeSpan(result)}`,
      ...(result.reportLines === undefined ? [] : [`${plural(result.reportLines, 'line')} in the report`]),
      ...(result.deadMessages === 0
        ? []
        : [`${plural(result.deadMessages, 'message')} could not be handled`]),
    ].map((text): Line => ({ text })),
  },
];

/** The datastore has no record of how far the history was played, so that part begins anew. */
const howToGoOn = ({ data }: ReplayResult): string[] =>
  data === undefined
    ? []
    : [
        `npm run resume -- --data ${shownPlace(data)} sends what waits; the whole history is played into a new file, from its beginning`,
      ];

export const commandsPerSecond = ({
  commands,
  refused,
  wallMs,
}: Pick<TimedReplay, 'commands' | 'refused' | 'wallMs'>): number =>
  Math.round(((commands + refused) * 1000) / wallMs);

function describeCommands({ commands, refused, unreadable }: ReplayResult): string {
  if (refused + unreadable === 0) return plural(commands, 'command');
  const causes = [
    refused > 0 && `${inGroups(refused)} refused`,
    unreadable > 0 && `${inGroups(unreadable)} no command`,
  ];
  return `${plural(commands, 'command')} and ${plural(refused + unreadable, 'bad line')} (${causes.filter(Boolean).join(', ')})`;
}

function describeSpan(result: TimedReplay): string {
  const seconds = (result.wallMs / 1000).toFixed(1);
  return `${day(result.fromMs)} to ${day(result.toMs)} in ${seconds} s (${inGroups(commandsPerSecond(result))} commands/s)`;
}

function tableOf({ notifications }: ReplayResult): Document[number] {
  const [label, ...figures] = ['notification', 'requested', 'sent', 'skipped', 'dead', 'waited'];
  return {
    kind: 'columns',
    heading: [label ?? '', ...figures],
    align: ['left', ...figures.map(() => 'right' as const)],
    rows: [
      ...notifications.map((tally) => ({ cells: cellsOf(tally), text: describeReasons(tally) })),
      {
        cells: ['total', ...figures.map((_, column) => inGroups(sumOf(notifications, column)))],
        tone: 'muted',
      },
    ],
  };
}

function numbersOf({ requested, sent, skipped, deadLettered, waited }: NotificationTally): number[] {
  return [requested, sent, sumUp(skipped), sumUp(deadLettered), sumUp(waited)];
}

const cellsOf = (tally: NotificationTally): string[] => [
  tally.notification,
  ...numbersOf(tally).map(inGroups),
];

const sumOf = (tallies: readonly NotificationTally[], column: number): number =>
  tallies.reduce((sum, tally) => sum + (numbersOf(tally)[column] ?? 0), 0);

const sumUp = (counts: ReasonCounts): number => Object.values(counts).reduce((sum, count) => sum + count, 0);

function describeReasons({ skipped, deadLettered, waited }: NotificationTally): string {
  const ended = Object.entries({ ...skipped, ...deadLettered }).sort(([, one], [, other]) => other - one);
  const held = Object.entries(waited).map(([reason, count]) => [`waited for ${reason}`, count] as const);
  return [...ended, ...held].map(([reason, count]) => `${reason} ${inGroups(count)}`).join(', ');
}
