import type { Columns, ColumnsRow } from '../document.ts';
import { cut, pad, shownWidth, type Terminal, wrap } from '../terminal.ts';
import { textOf, toneOf } from '../text.ts';
import { fitting, gap, widestOf } from './fitting.ts';
import { paintOf } from './tone.ts';

/** Less than this beside the columns, and the text goes below them. */
const narrowestText = 24;

interface Layout extends Pick<Columns, 'align'> {
  readonly widths: readonly number[];
  readonly indent: number;
}

/** Columns, and text beside them, broken where it does not fit. Columns that do not fit go on in the next line. */
export function drawColumns(columns: Columns, terminal: Terminal): string[] {
  const { heading, align, rows, indent = 0, omitted } = columns;
  const all = [...(heading === undefined ? [] : [heading]), ...rows.map(({ cells }) => cells)];
  const widths = align.map((_, column) => widestOf(all.map((cells) => cells[column] ?? '')));
  const layout = { align, widths, indent };
  const head = heading === undefined ? [] : drawRow({ cells: heading, tone: 'strong' }, layout, terminal);
  return [
    ...head,
    ...rows.flatMap((row) => [...drawTitle(row, terminal), ...drawRow(row, layout, terminal)]),
    ...(omitted === undefined ? [] : [' '.repeat(indent) + omitted]),
  ];
}

function drawTitle({ title = [] }: ColumnsRow, { colors, width }: Terminal): string[] {
  let room = width;
  const texts = title.map((text) => {
    const shown = cut(textOf(text), room);
    room -= shownWidth(shown) + 1;
    return paintOf(toneOf(text), colors)(shown);
  });
  return texts.length === 0 ? [] : [texts.join(' ')];
}

function drawRow(
  { cells, text = '', tone, labelTone }: ColumnsRow,
  { align, widths, indent }: Layout,
  { colors, width }: Terminal,
): string[] {
  const paint = paintOf(tone, colors);
  const aligned = cells.map((cell, column) => pad(cell, widths[column] ?? 0, align[column]));
  const lines = fitting(widths, Math.max(width - indent + gap, 1)).map(
    (columns) => ' '.repeat(indent) + columns.map((column) => aligned[column] ?? '').join(' '.repeat(gap)),
  );
  if (text === '') return lines.map((line) => paint(cut(line.trimEnd(), width)));
  const row = lines.join('');
  const textIndent = indent + widths.reduce((sum, each) => sum + each + gap, 0);
  const isBelow = width - textIndent < narrowestText;
  const margin = ' '.repeat(isBelow ? gap : textIndent);
  const [first = '', ...rest] = wrap(text, Math.max(1, width - margin.length));
  const label = (line: string): string =>
    labelTone === undefined
      ? line
      : paintOf(labelTone, colors)(line.slice(0, textIndent)) + line.slice(textIndent);
  return isBelow
    ? [row.trimEnd(), ...[first, ...rest].map((line) => margin + line)]
    : [label(pad(row, textIndent) + first), ...rest.map((line) => margin + line)];
}
