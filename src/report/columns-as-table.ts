import type { Columns, Table } from './document.ts';
import { textOf } from './text.ts';

/** On a page there is room for titles and texts to stand in columns as well, where there are any. */
export function columnsAsTable({ heading, align, rows, omitted }: Columns): Table {
  const titles = rows.some(({ title }) => title !== undefined) ? [''] : [];
  const texts = rows.some(({ text }) => text !== undefined) ? [''] : [];
  return {
    kind: 'table',
    caption: heading?.join(', ') ?? 'Facts',
    heading: [...titles, ...(heading ?? align.map(() => '')), ...texts],
    rows: [
      ...rows.map(({ title = [], cells, text }) => {
        const [label = '', ...others] = [
          ...titles.map(() => title.map(textOf).join(' ')),
          ...cells,
          ...texts.map(() => text ?? ''),
        ];
        return { label, cells: others };
      }),
      ...(omitted === undefined ? [] : [{ label: omitted, cells: [] }]),
    ],
    of: 'words',
  };
}
