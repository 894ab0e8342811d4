import { type Html, html } from './html.ts';

export interface Table {
  /** What it is about; read out, and the name of the container in which a wide table scrolls. */
  readonly caption: string;
  readonly heading: readonly string[];
  readonly rows: readonly TableRow[];
  /** `numbers`: all cells to the right. */
  readonly kind?: 'numbers' | 'heat' | 'words';
  /** All columns but the first equally wide, where there is room. */
  readonly isEven?: boolean;
}

export interface TableRow {
  readonly label: string | Html;
  /** Each a whole `<td>`. */
  readonly cells: readonly Html[];
}

/** A table that scrolls in a container of its own where it is wider than the page. */
export function htmlTable({ caption, heading, rows, kind = 'words', isEven = false }: Table): Html {
  const [corner = '', ...columns] = heading;
  // An empty heading would be read out as one.
  const first = corner === '' ? html`<td></td>` : html`<th scope="col">${corner}</th>`;
  return html`<div class="scroll" role="region" tabindex="0" aria-label="${caption}">
<table class="${kind}${isEven ? ' even' : ''}">
<caption>${caption}</caption>
<thead><tr>${first}${columns.map((column) => html`<th scope="col">${column}</th>`)}</tr></thead>
<tbody>
${rows.map(({ label, cells }) => html`<tr><th scope="row">${label}</th>${cells}</tr>\n`)}</tbody>
</table>
</div>
`;
}

export const cell = (content: string | Html): Html => html`<td>${content}</td>`;

/** The name of an architecture, with its bus below it. */
export const variant = (architecture: string, bus: string): Html =>
  html`${architecture} <span class="bus">${bus}</span>`;
