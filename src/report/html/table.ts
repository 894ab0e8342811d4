import type { Cell, Row, Table, Text } from '../document.ts';
import { textOf, toneOf } from '../text.ts';
import { type Html, html, nothing } from './html.ts';

/** So few columns are equally wide, where there is room. */
const mostEven = 4;

/** A table that scrolls in a container of its own where it is wider than the page. */
export function htmlTable({ caption, heading: [corner = '', ...columns], rows, variants, of }: Table): Html {
  const isEven = of !== 'verdicts' && columns.length <= mostEven;
  // An empty heading would be read out as one.
  const first = corner === '' ? html`<td></td>` : html`<th scope="col">${corner}</th>`;
  return html`<div class="scroll" role="region" tabindex="0" aria-label="${caption}">
<table class="${of ?? 'numbers'}${isEven ? ' even' : ''}">
<caption>${caption}</caption>
<thead><tr>${first}${columns.map((column) => html`<th scope="col">${column}</th>`)}</tr></thead>
<tbody>
${rows.map(
  (row) =>
    html`<tr><th scope="row">${labelOf(row, variants)}</th>${columns.map((_, column) =>
      tableCell(row.cells[column] ?? '', of === 'verdicts'),
    )}</tr>\n`,
)}</tbody>
</table>
</div>
`;
}

/** With what tells rows of this label from each other below it. */
function labelOf({ label, variant }: Row, variants: Table['variants']): Html {
  const below = variant ?? variants?.none ?? '';
  return below === '' ? html`${label}` : html`${label} <span class="bus">${below}</span>`;
}

function tableCell(cell: Cell, isVerdict: boolean): Html {
  const [first = '', ...others] = typeof cell === 'string' ? [cell] : cell;
  if (!isVerdict)
    return html`<td>${[first, ...others].map((text, index) => html`${index === 0 ? '' : ', '}${inText(text)}`)}</td>`;
  const tone = toneOf(first);
  const worst = tone === 'good' || tone === 'muted' ? inText(first) : html`<b>${textOf(first)}</b>`;
  return html`<td class="${tone ?? ''}">${worst}${others.map((text) => html`<br>${textOf(text)}`)}</td>`;
}

/** A piece of text, with what it means, or how much it is, for those to whom that says more. */
export function inText(text: Text): Html {
  if (typeof text === 'string') return html`${text}`;
  const words = text.words === undefined ? nothing : html` <span class="hidden">${text.words}</span>`;
  const bar =
    text.share === undefined
      ? nothing
      : html`<span class="bar" style="width:${Math.round(text.share * 100)}%"></span>`;
  if (text.section !== undefined) return html`<a href="#${text.section.id}">${text.text}</a>`;
  const shown =
    text.isCode || text.file !== undefined
      ? html`<code>${text.file ?? text.text}</code>`
      : text.tone === 'strong' || text.tone === 'bad'
        ? html`<b>${text.text}</b>`
        : html`${text.text}`;
  return html`${shown}${words}${bar}`;
}
