import type { Cell, Row, Table, Text } from '../document.ts';
import { pad, shownWidth, type Terminal, wrap } from '../terminal.ts';
import { textOf, toneOf } from '../text.ts';
import type { Tone } from '../tone.ts';
import { fitting, gap, widestOf } from './fitting.ts';
import { paintOf } from './tone.ts';

/** A row as it is drawn: the lines of its label, and of each cell. */
interface Drawn {
  readonly label: readonly string[];
  readonly cells: readonly (readonly Text[])[];
  readonly tone?: Tone | undefined;
  /** A cell of fewer lines than its neighbours stands on the last of them. */
  readonly isAtBottom?: boolean;
}

/**
 * Labels to the left, numbers to the right, words to the left. Columns that do not fit into the width go on in a
 * table of their own below, with the same labels.
 */
export function drawTable(table: Table, { colors, width }: Terminal): string[] {
  const body = rowsOf(table.rows);
  const rows = broken([headingOf(table, body), ...body], width);
  const layout = {
    colors,
    labelWidth: widestLabel(rows),
    widths: table.heading.slice(1).map((_, column) => widestIn(rows, column)),
    align: (table.of ?? 'numbers') === 'numbers' ? 'right' : 'left',
  } as const;
  return fitting(layout.widths, width - layout.labelWidth).flatMap((columns, index) => [
    ...(index === 0 ? [] : ['']),
    ...rows.flatMap((row) => drawRow(row, columns, layout)),
  ]);
}

/** Words are broken where one column alone would not fit beside the labels, and labels at half of the width. */
function broken(rows: readonly Drawn[], width: number): Drawn[] {
  const half = Math.floor(width / 2);
  const labelled = rows.map((row) => ({
    ...row,
    label: row.label.flatMap((line) => (shownWidth(line) > half ? wrap(line, half) : line)),
  }));
  const room = width - widestLabel(labelled) - gap;
  return labelled.map((row) => ({
    ...row,
    cells: row.cells.map((lines) => lines.flatMap((line) => wrapped(line, room))),
  }));
}

/** In the tone that it had. */
function wrapped(text: Text, width: number): Text[] {
  const tone = toneOf(text);
  if (shownWidth(textOf(text)) <= width) return [text];
  return wrap(textOf(text), width).map((line) => (tone === undefined ? line : { text: line, tone }));
}

const widestLabel = (rows: readonly Drawn[]): number => widestOf(rows.flatMap(({ label }) => label));

interface Layout extends Pick<Terminal, 'colors'> {
  readonly labelWidth: number;
  /** Of each column. */
  readonly widths: readonly number[];
  readonly align: 'left' | 'right';
}

function drawRow(
  row: Drawn,
  columns: readonly number[],
  { colors, labelWidth, widths, align }: Layout,
): string[] {
  const height = Math.max(row.label.length, ...columns.map((column) => row.cells[column]?.length ?? 0));
  const paintRow = paintOf(row.tone, colors);
  return Array.from({ length: height }, (_, line) => {
    const cells = columns.map((column) => {
      const lines = row.cells[column] ?? [];
      const text = lines[row.isAtBottom ? line - (height - lines.length) : line] ?? '';
      const shown = paintOf(toneOf(text), colors)(textOf(text));
      return ' '.repeat(gap) + pad(shown, widths[column] ?? 0, align);
    });
    const label = row.label[row.isAtBottom ? line - (height - row.label.length) : line] ?? '';
    return paintRow([pad(label, labelWidth), ...cells].join('').trimEnd());
  });
}

const linesOf = (cell: Cell): readonly Text[] => (typeof cell === 'string' ? [cell] : cell);

/** Rows of one label stand under it, by their variants. */
function rowsOf(rows: readonly Row[]): Drawn[] {
  return rows.flatMap(({ label, variant, cells, tone }, index) => {
    const drawn = { label: [label], cells: cells.map(linesOf), tone };
    if (variant === undefined || variant === null) return [drawn];
    const head = rows[index - 1]?.label === label ? [] : [{ label: [label], cells: [] }];
    return [...head, { ...drawn, label: [`  ${variant}`] }];
  });
}

function headingOf({ heading: [label = '', ...columns], isDense }: Table, body: readonly Drawn[]): Drawn {
  const cells = columns.map((name, column) => (isDense ? inLines(name, widestIn(body, column)) : [name]));
  return { label: [label], cells, tone: 'strong', isAtBottom: true };
}

/** Between words, or a single word after its hyphens; no wider than what stands below it, or than the longest part. */
function inLines(name: string, width: number): string[] {
  const parts = name.split(name.includes(' ') ? /(?<= )/ : /(?<=-)/);
  const room = Math.max(width, ...parts.map((part) => part.trimEnd().length));
  const lines: string[] = [];
  for (const part of parts) {
    const last = lines.at(-1);
    if (last !== undefined && (last + part).trimEnd().length <= room) lines[lines.length - 1] = last + part;
    else lines.push(part);
  }
  return lines.map((line) => line.trimEnd());
}

const widestIn = (rows: readonly Drawn[], column: number): number =>
  widestOf(rows.flatMap(({ cells }) => cells[column] ?? []).map(textOf));
