import { type Terminal, wrap } from '../../report/index.ts';
import type { ReplayResult } from './replay.ts';
import type { NotificationTally, ReasonCounts } from './tally.ts';

/** A replay, and how long it took by the clock on the wall. */
export interface TimedReplay extends ReplayResult {
  readonly wallMs: number;
}

/** Less than this beside the numbers, and the reasons go below them. */
const narrowestReasons = 24;

/** The table, then the totals. */
export function describeReplay(result: TimedReplay, terminal: Terminal): string[] {
  return [...tableOf(result, terminal), '', ...describeTotals(result)];
}

/** Proof that no delivery was lost, and what was played how fast. */
export function describeTotals(result: TimedReplay): string[] {
  const { requested, sent, skipped, deadLettered, pending } = result.counts;
  const parts = `${grouped(sent)} sent + ${grouped(skipped)} skipped + ${grouped(deadLettered)} dead-lettered`;
  return [
    ...(result.wasStopped
      ? ['stopped before the end of the history; what waits stays in the datastore']
      : []),
    `${grouped(requested)} deliveries requested = ${parts} + ${grouped(pending)} pending`,
    `${describeCommands(result)}, ${describeSpan(result)}`,
    ...(result.reportLines === undefined ? [] : [`${grouped(result.reportLines)} lines in the report`]),
    ...(result.deadMessages === 0 ? [] : [`${grouped(result.deadMessages)} messages could not be handled`]),
  ];
}

export const commandsPerSecond = ({
  commands,
  refused,
  wallMs,
}: Pick<TimedReplay, 'commands' | 'refused' | 'wallMs'>): number =>
  Math.round(((commands + refused) * 1000) / wallMs);

function describeCommands({ commands, refused, unreadable }: ReplayResult): string {
  if (refused + unreadable === 0) return `${grouped(commands)} commands`;
  const causes = [
    refused > 0 && `${grouped(refused)} refused`,
    unreadable > 0 && `${grouped(unreadable)} no command`,
  ];
  return `${grouped(commands)} commands and ${grouped(refused + unreadable)} bad lines (${causes.filter(Boolean).join(', ')})`;
}

function describeSpan(result: TimedReplay): string {
  const [from, to] = [result.fromMs, result.toMs].map((ms) => new Date(ms).toISOString().slice(0, 10));
  const seconds = (result.wallMs / 1000).toFixed(1);
  return `${from} to ${to} in ${seconds} s (${grouped(commandsPerSecond(result))} commands/s)`;
}

const heading = ['notification', 'requested', 'sent', 'skipped', 'dead', 'waited'];

function tableOf({ notifications }: ReplayResult, terminal: Terminal): string[] {
  const { bold, dim } = terminal.colors;
  const rows = notifications.map(cellsOf);
  const total = ['total', ...heading.slice(1).map((_, column) => grouped(sumOf(notifications, column)))];
  const widths = heading.map((_, column) =>
    Math.max(...[heading, ...rows, total].map((row) => row[column]?.length ?? 0)),
  );
  const indent = widths.reduce((sum, width) => sum + width + 2, 0);
  const lines = notifications.flatMap((tally, index) => {
    return besides(alignedTo(widths, rows[index] ?? []), describeReasons(tally), {
      indent,
      width: terminal.width,
    });
  });
  return [bold(alignedTo(widths, heading)), ...lines, dim(alignedTo(widths, total))];
}

function numbersOf({ requested, sent, skipped, deadLettered, waited }: NotificationTally): number[] {
  return [requested, sent, sumUp(skipped), sumUp(deadLettered), sumUp(waited)];
}

const cellsOf = (tally: NotificationTally): string[] => [
  tally.notification,
  ...numbersOf(tally).map(grouped),
];

const sumOf = (tallies: readonly NotificationTally[], column: number): number =>
  tallies.reduce((sum, tally) => sum + (numbersOf(tally)[column] ?? 0), 0);

const sumUp = (counts: ReasonCounts): number => Object.values(counts).reduce((sum, count) => sum + count, 0);

function describeReasons({ skipped, deadLettered, waited }: NotificationTally): string {
  const ended = Object.entries({ ...skipped, ...deadLettered }).sort(([, one], [, other]) => other - one);
  const held = Object.entries(waited).map(([reason, count]) => [`waited for ${reason}`, count] as const);
  return [...ended, ...held].map(([reason, count]) => `${reason} ${grouped(count)}`).join(', ');
}

/** Names to the left, numbers to the right. */
function alignedTo(widths: readonly number[], cells: readonly string[]): string {
  const aligned = cells.map((cell, column) =>
    column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
  );
  return aligned.join('  ');
}

function besides(row: string, text: string, { indent, width }: { indent: number; width: number }): string[] {
  if (text === '') return [row];
  const isNarrow = width - indent < narrowestReasons;
  const margin = ' '.repeat(isNarrow ? 2 : indent);
  const [first = '', ...rest] = wrap(text, Math.max(1, width - margin.length)).map((line) => margin + line);
  return isNarrow ? [row, first, ...rest] : [row + first.slice(row.length), ...rest];
}

const numbers = new Intl.NumberFormat('en');
const grouped = (value: number): string => numbers.format(value);
