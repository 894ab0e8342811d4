import { type Document, moment, plural, type Text } from '../../report/index.ts';
import type { Letter } from './letter.ts';

export interface Listed {
  /** Those that were given up first in front. */
  readonly letters: readonly Letter[];
  /** Whether the limit has left out any. */
  readonly hasMore: boolean;
}

/** Two lines a letter, three on a narrow terminal: its id, then columns. */
export function listDocument({ letters, hasMore }: Listed): Document {
  if (letters.length === 0) return [{ kind: 'paragraph', lines: [{ text: 'There are no dead letters.' }] }];
  return [
    { kind: 'paragraph', lines: [{ text: headlineOf(letters.length, hasMore), tone: 'strong' }] },
    {
      kind: 'columns',
      heading: ['where', 'reason', 'tries', 'failed from', 'to'],
      align: ['left', 'left', 'right', 'left', 'left'],
      indent: 2,
      rows: letters.map((letter) => ({ title: titleOf(letter), cells: cellsOf(letter) })),
    },
  ];
}

function headlineOf(count: number, hasMore: boolean): string {
  if (hasMore) return `The oldest ${count} dead letters; there are more (--limit). Times in UTC`;
  return `${plural(count, 'dead letter')}, the oldest first; times in UTC`;
}

/** The id of a delivery says what it is; that of a message does not. */
const titleOf = ({ id, kind, what }: Letter): Text[] => [
  { text: id, tone: 'bad' },
  ...(kind === 'delivery' ? [] : [what]),
];

const cellsOf = (letter: Letter): string[] => [
  letter.where,
  letter.reason,
  String(letter.attempts),
  moment(letter.firstFailedAtMs),
  sinceThen(letter),
];

/** The time alone where the day is the same. */
function sinceThen({ firstFailedAtMs, lastFailedAtMs }: Letter): string {
  const [first, last] = [moment(firstFailedAtMs), moment(lastFailedAtMs)];
  return first.slice(0, 10) === last.slice(0, 10) ? last.slice(11) : last;
}
