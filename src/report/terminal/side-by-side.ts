import { pad } from '../terminal.ts';

/** What a column has to be wide to be read. */
const narrowestColumn = 48;
const gap = 4;

/** How many columns there is room for, and how wide each is. */
export function columnsIn(
  width: number,
  count: number,
): { readonly columns: number; readonly width: number } {
  const columns = Math.min(count, Math.max(1, Math.floor((width + gap) / (narrowestColumn + gap))));
  return { columns, width: Math.floor((width - gap * (columns - 1)) / columns) };
}

/** Blocks of lines side by side, as many as there are columns; the next ones below. */
export function besideEachOther(
  blocks: readonly (readonly string[])[],
  { columns, width }: { readonly columns: number; readonly width: number },
): string[] {
  const rows = Array.from({ length: Math.ceil(blocks.length / columns) }, (_, row) =>
    blocks.slice(row * columns, (row + 1) * columns),
  );
  return rows.flatMap((row, index) => [...(index === 0 ? [] : ['']), ...zip(row, width)]);
}

function zip(blocks: readonly (readonly string[])[], width: number): string[] {
  const height = Math.max(...blocks.map(({ length }) => length));
  return Array.from({ length: height }, (_, line) =>
    blocks
      .map((block) => pad(block[line] ?? '', width))
      .join(' '.repeat(gap))
      .trimEnd(),
  );
}
