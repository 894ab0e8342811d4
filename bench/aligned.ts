/** A line for each row, the first one is the heading; the first column begins where it begins, the others end together. */
export function aligned(rows: readonly (readonly string[])[]): string[] {
  const [heading = []] = rows;
  const widths = heading.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd(),
  );
}

/** The one in the middle. */
export const medianOf = (figures: readonly number[]): number =>
  [...figures].sort((one, other) => one - other)[Math.floor(figures.length / 2)] ?? Number.NaN;

export const whole = (value: number): string => Math.round(value).toLocaleString('en');
