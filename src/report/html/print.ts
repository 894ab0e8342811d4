import { columnsAsTable } from '../columns-as-table.ts';
import type { Block, Document, Heading, Line, List, Paragraph, Text, TreeNode } from '../document.ts';
import { isFile } from '../text.ts';
import { chartOf } from './chart.ts';
import { figuresOf } from './figures.ts';
import { type Html, html, nothing } from './html.ts';
import { panelsOf } from './panels.ts';
import { pictureOf } from './picture.ts';
import { htmlTable, inText } from './table.ts';

/** A section of a page, begun by a heading that has an id. */
export interface Section {
  readonly id: string;
  /** In the contents. */
  readonly name: string;
  readonly content: Html;
}

/** A document as the sections of a page; what stands in front of the first heading with an id is left out. */
export function sectionsOf(document: Document): Section[] {
  const starts = document.flatMap((block, index) => (isSection(block) ? [{ block, index }] : []));
  return starts.map(({ block, index }, place) => {
    const own = document.slice(index, starts[place + 1]?.index);
    const { id, name = block.text } = block;
    return { id, name, content: html`<section id="${id}">\n${toHtml(own, id)}</section>\n` };
  });
}

const isSection = (block: Block): block is Heading & { readonly id: string } =>
  block.kind === 'heading' && block.id !== undefined;

/**
 * A document as HTML; every text in it is escaped.
 * @param id what ids in it begin with, when it is not alone on its page.
 */
export const toHtml = (document: Document, id = 'document'): Html =>
  html`${document.map((block, index) => htmlOf(block, `${id}-${index}`))}`;

function htmlOf(block: Block, id: string): Html {
  switch (block.kind) {
    case 'heading':
      return block.level === 3 ? html`<h3>${block.text}</h3>\n` : html`<h2>${block.text}</h2>\n`;
    case 'paragraph':
      return paragraphOf(block);
    case 'list':
      return listOf(block);
    case 'table':
      return htmlTable(block);
    case 'columns':
      return htmlTable(columnsAsTable(block));
    case 'tree':
      return html`<ul class="tree">${branchOf(block.root)}</ul>\n`;
    case 'code':
      return html`<div class="scroll" role="region" tabindex="0" aria-label="Text to copy">
<pre><code>${block.text}</code></pre>
</div>
`;
    case 'chart':
      return chartOf(block, id);
    case 'bars':
    case 'lines':
    case 'timeline':
    case 'grid':
      return pictureOf(block);
    case 'diagrams':
      return figuresOf(block, id);
    case 'panels':
      return panelsOf(block, (blocks, index) => toHtml(blocks, `${id}-${index}`));
    case 'fold':
      return html`<details><summary>${block.title}</summary>
${toHtml(block.blocks, id)}</details>
`;
  }
}

const paragraphOf = ({ lines }: Paragraph): Html => html`${lines.map(lineOf)}`;

function lineOf({ sign, text, tone, isItem, isCode }: Line): Html {
  const shown = isItem || isCode ? html`<code>${text}</code>` : html`${text}`;
  return html`<p class="${tone ?? 'text'}">${sign === undefined ? nothing : html`${inText(sign)} `}${shown}</p>\n`;
}

const listOf = ({ items }: List): Html =>
  html`<dl class="terms">
${items.map(
  ({ term, isCode, texts }) =>
    html`<div><dt>${isCode ? html`<code>${term}</code>` : term}</dt><dd>${texts.map(
      (text, index) => html`${index === 0 ? '' : separatorOf(text)}${inText(text)}`,
    )}</dd></div>\n`,
)}</dl>
`;

/** What names a file stands beside what was said, and is no part of it. */
const separatorOf = (text: Text): string => (isFile(text) ? ' ' : ', ');

const branchOf = ({ lines, children }: TreeNode): Html =>
  html`<li>${lines.map(lineOf)}${children.length === 0 ? '' : html`<ul class="tree">${children.map(branchOf)}</ul>`}</li>`;
