import type { Cell, Row, Table, Text, Tone } from '../document.ts';
import { pad, type Terminal } from '../terminal.ts';
import { textOf, toneOf } from '../text.ts';
import { fitting, gap, widestOf } from './fitting.ts';
import { paintOf } from './tone.ts';

/** A row as it is drawn: its label, and the lines of each cell. */
interface Drawn {
  readonly label: string;
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
  const rows = [headingOf(table, body), ...body];
  const layout = {
    colors,
    labelWidth: widestOf(rows.map(({ label }) => label)),
    widths: table.heading.slice(1).map((_, column) => widestIn(rows, column)),
    align: (table.of ?? 'numbers') === 'numbers' ? 'right' : 'left',
  } as const;
  return fitting(layout.widths, width - layout.labelWidth).flatMap((columns, index) => [
    ...(index === 0 ? [] : ['']),
    ...rows.flatMap((row) => drawRow(row, columns, layout)),
  ]);
}

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
  const height = Math.max(1, ...columns.map((column) => row.cells[column]?.length ?? 0));
  const paintRow = paintOf(row.tone, colors);
  return Array.from({ length: height }, (_, line) => {
    const cells = columns.map((column) => {
      const lines = row.cells[column] ?? [];
      const text = lines[row.isAtBottom ? line - (height - lines.length) : line] ?? '';
      const shown = paintOf(toneOf(text), colors)(textOf(text));
      return ' '.repeat(gap) + pad(shown, widths[column] ?? 0, align);
    });
    const isLabelled = line === (row.isAtBottom ? height - 1 : 0);
    return paintRow([pad(isLabelled ? row.label : '', labelWidth), ...cells].join('').trimEnd());
  });
}

const linesOf = (cell: Cell): readonly Text[] => (typeof cell === 'string' ? [cell] : cell);

/** Rows of one label stand under it, by their variants. */
function rowsOf(rows: readonly Row[]): Drawn[] {
  return rows.flatMap(({ label, variant, cells, tone }, index) => {
    const drawn = { label, cells: cells.map(linesOf), tone };
    if (variant === undefined || variant === null) return [drawn];
    const head = rows[index - 1]?.label === label ? [] : [{ label, cells: [] }];
    return [...head, { ...drawn, label: `  ${variant}` }];
  });
}

function headingOf({ heading: [label = '', ...columns], isDense }: Table, body: readonly Drawn[]): Drawn {
  const cells = columns.map((name, column) => (isDense ? broken(name, widestIn(body, column)) : [name]));
  return { label, cells, tone: 'strong', isAtBottom: true };
}

/** Between words, or a single word after its hyphens; no wider than what stands below it, or than the longest part. */
function broken(name: string, width: number): string[] {
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
