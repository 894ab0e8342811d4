import { stripVTControlCharacters } from 'node:util';
import { fitting, gap } from '../table.ts';

/** The lines of a cell, coloured or not. */
export type Cell = readonly string[];

export interface GridRow {
  readonly label: string;
  readonly cells: readonly Cell[];
}

/**
 * Rows of cells that may be several lines high, all to the left. Columns that do not fit into `width` go on
 * in a grid of their own below, with the same labels.
 */
export function drawGrid(rows: readonly GridRow[], width: number): string[] {
  const labelWidth = Math.max(...rows.map(({ label }) => label.length));
  const count = Math.max(...rows.map(({ cells }) => cells.length));
  const widths = Array.from({ length: count }, (_, column) =>
    widthOf(rows.map(({ cells }) => cells[column])),
  );
  const blocks = fitting(widths, width - labelWidth).map((columns) =>
    rows.flatMap((row) => drawRow(row, columns, { labelWidth, widths })),
  );
  return blocks.flatMap((block, index) => (index === 0 ? block : ['', ...block]));
}

interface Widths {
  readonly labelWidth: number;
  /** Of each column. */
  readonly widths: readonly number[];
}

function drawRow(
  { label, cells }: GridRow,
  columns: readonly number[],
  { labelWidth, widths }: Widths,
): string[] {
  const height = Math.max(1, ...columns.map((column) => cells[column]?.length ?? 0));
  return Array.from({ length: height }, (_, line) =>
    [
      pad(line === 0 ? label : '', labelWidth),
      ...columns.map((column) => ' '.repeat(gap) + pad(cells[column]?.[line] ?? '', widths[column] ?? 0)),
    ]
      .join('')
      .trimEnd(),
  );
}

const widthOf = (cells: readonly (Cell | undefined)[]): number =>
  Math.max(0, ...cells.flatMap((cell) => cell ?? []).map(shownLength));

/** In characters, as it is shown: colours take no room. */
const shownLength = (text: string): number => stripVTControlCharacters(text).length;

/** Fills up with spaces to `width`, as it is shown. */
export const pad = (text: string, width: number): string =>
  text + ' '.repeat(Math.max(0, width - shownLength(text)));
