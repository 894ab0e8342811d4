export interface Row {
  readonly label: string;
  /** One for each column; none for a row that only heads those below it. */
  readonly cells: readonly string[];
  readonly style?: (text: string) => string;
}

/** Spaces before each column. */
export const gap = 2;

/**
 * Labels to the left, numbers to the right. Columns that do not fit into `width` go on in a table of their
 * own below, with the same labels.
 */
export function drawTable(heading: Row, rows: readonly Row[], width: number): string[] {
  const all = [heading, ...rows];
  const labelWidth = Math.max(...all.map(({ label }) => label.length));
  const widths = heading.cells.map((_, column) =>
    Math.max(...all.map(({ cells }) => cells[column]?.length ?? 0)),
  );
  const blocks = fitting(widths, width - labelWidth).map((columns) =>
    all.map(({ label, cells, style = (text) => text }) => {
      const numbers = columns.map((column) => (cells[column] ?? '').padStart(gap + (widths[column] ?? 0)));
      return style([label.padEnd(labelWidth), ...numbers].join('').trimEnd());
    }),
  );
  return blocks.flatMap((block, index) => (index === 0 ? block : ['', ...block]));
}

/** The columns in groups that are no wider than `width`, unless one column alone is. */
export function fitting(widths: readonly number[], width: number): number[][] {
  const groups: number[][] = [];
  let used = Number.POSITIVE_INFINITY;
  for (const [column, columnWidth] of widths.entries()) {
    if (used + gap + columnWidth > width) {
      groups.push([]);
      used = 0;
    }
    groups.at(-1)?.push(column);
    used += gap + columnWidth;
  }
  return groups;
}
