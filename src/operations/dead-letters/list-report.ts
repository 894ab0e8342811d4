import { cut, moment, type Terminal, wrap } from '../../report/index.ts';
import type { Letter } from './letter.ts';

export interface Listed {
  /** Those that were given up first in front. */
  readonly letters: readonly Letter[];
  /** Whether the limit has left out any. */
  readonly hasMore: boolean;
}

const heading = ['where', 'reason', 'tries', 'failed from', 'to'];
const [tries, failedFrom] = [2, 3];
/** In front of what is said of a letter, under its id. */
const indent = '  ';
const gap = '  ';

/** Two lines a letter, three on a narrow terminal: its id, then columns. */
export function describeList({ letters, hasMore }: Listed, { colors, width }: Terminal): string[] {
  if (letters.length === 0) return ['There are no dead letters.'];
  const rows = letters.map(cellsOf);
  const widths = heading.map((name, column) =>
    Math.max(name.length, ...rows.map((cells) => cells[column]?.length ?? 0)),
  );
  const isWide = widths.reduce((sum, each) => sum + gap.length + each, 0) <= width;
  const lines = (cells: readonly string[]): string[] =>
    (isWide ? [[0, cells.length]] : [[0, failedFrom], [failedFrom]]).map(([from, to]) =>
      cut(indent + alignedTo(widths, cells).slice(from, to).join(gap), width).trimEnd(),
    );
  return [
    ...wrap(headlineOf(letters.length, hasMore), width).map(colors.bold),
    '',
    ...lines(heading).map(colors.dim),
    ...letters.flatMap((letter, index) => [titleOf(letter, { colors, width }), ...lines(rows[index] ?? [])]),
  ];
}

function headlineOf(count: number, hasMore: boolean): string {
  if (hasMore) return `The oldest ${count} dead letters; there are more (--limit). Times in UTC`;
  return `${count} dead ${count === 1 ? 'letter' : 'letters'}, the oldest first; times in UTC`;
}

/** The id of a delivery says what it is; that of a message does not. */
function titleOf({ id, kind, what }: Letter, { colors, width }: Terminal): string {
  if (kind === 'delivery') return colors.red(id);
  return `${colors.red(id)} ${cut(what, width - id.length - 1)}`;
}

const cellsOf = (letter: Letter): string[] => [
  letter.where,
  letter.reason,
  String(letter.attempts),
  moment(letter.firstFailedAtMs),
  sinceThen(letter),
];

const alignedTo = (widths: readonly number[], cells: readonly string[]): string[] =>
  cells.map((cell, column) =>
    column === tries ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
  );

/** The time alone where the day is the same. */
function sinceThen({ firstFailedAtMs, lastFailedAtMs }: Letter): string {
  const [first, last] = [moment(firstFailedAtMs), moment(lastFailedAtMs)];
  return first.slice(0, 10) === last.slice(0, 10) ? last.slice(11) : last;
}
