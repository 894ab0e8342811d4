import { columnsAsTable } from '../columns-as-table.ts';
import { countKinds, countOf, foldSteps, kinds } from '../diagram.ts';
import type {
  Block,
  Cell,
  Diagrams,
  Document,
  List,
  Paragraph,
  Row,
  Table,
  Text,
  TreeNode,
} from '../document.ts';
import { pictureAsTable } from '../picture-as-table.ts';
import { isFile, textOf } from '../text.ts';
import { sequenceDiagram } from './mermaid.ts';
import { code, escaped, tableOf } from './table.ts';

/** Where the root of the repository is, as seen from the page: `../` */
type Root = string;

/** A document as GitHub's Markdown, with a newline at its end. Nothing in its texts is taken for Markdown or HTML. */
export const toMarkdown = (document: Document, root: Root = ''): string =>
  `${linesOf(document, root).join('\n').trimEnd()}\n`;

/** With a blank line behind each block. */
const linesOf = (blocks: readonly Block[], root: Root): string[] =>
  blocks.flatMap((block) => {
    const lines = markdownOf(block, root);
    return lines.length === 0 ? [] : [...lines, ''];
  });

function markdownOf(block: Block, root: Root): string[] {
  switch (block.kind) {
    case 'heading':
      return [`${'#'.repeat(block.level ?? 2)} ${escaped(block.text)}`];
    case 'paragraph':
      return paragraphOf(block);
    case 'list':
      return listOf(block, root);
    case 'table':
      return tableLines(block);
    case 'columns':
      return tableLines(columnsAsTable(block));
    case 'tree':
      return branchesOf(block.root, 0);
    case 'code':
      return ['```', block.text, '```'];
    case 'chart':
      return [];
    case 'bars':
    case 'lines':
    case 'timeline':
    case 'grid':
      return tableLines(pictureAsTable(block));
    case 'diagrams':
      return diagramsOf(block);
    case 'panels':
      return linesOf(
        block.panels.flatMap(({ name, blocks }) => [{ kind: 'heading', level: 3, text: name }, ...blocks]),
        root,
      );
    case 'fold':
      return folded(escaped(block.title), linesOf(block.blocks, root).slice(0, -1));
  }
}

/** Lines are paragraphs; those of a kind are the items of a list, as code. */
const paragraphOf = ({ lines }: Paragraph): string[] =>
  lines.flatMap(({ sign, text, isItem, isCode }, index) => {
    if (isItem) return [`- ${code(text)}`];
    const isFirst = index === 0;
    return [
      ...(isFirst ? [] : ['']),
      (sign === undefined ? '' : `${escaped(textOf(sign))} `) + (isCode ? code(text) : escaped(text)),
      ...(lines[index + 1]?.isItem ? [''] : []),
    ];
  });

const listOf = ({ items }: List, root: Root): string[] =>
  items.map(({ term, isCode, texts }) => {
    const words = texts.filter((text) => !isFile(text)).map((text) => inText(text, root));
    const files = texts.filter(isFile).map((text) => ` (${inText(text, root)})`);
    return `- ${isCode ? code(term) : escaped(term)}: ${words.join(', ')}${files.join('')}`;
  });

function inText(text: Text, root: Root = ''): string {
  if (typeof text === 'string') return escaped(text);
  if (text.file !== undefined) {
    const name = text.file.split('/').at(-1) ?? text.file;
    return `[${escaped(name)}](<${root}${text.file.replace(/[<>|\s]/g, encodeURIComponent)}>)`;
  }
  if (text.section !== undefined) return `[${escaped(text.text)}](#${anchorOf(text.section.heading)})`;
  if (text.isCode) return code(text.text);
  return text.tone === 'strong' || text.tone === 'bad' ? `**${escaped(text.text)}**` : escaped(text.text);
}

/** As GitHub makes them of headings. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(' ', '-');

function tableLines({ heading: [label = '', ...columns], variants, rows, of = 'numbers' }: Table): string[] {
  const behind = variants === undefined ? [] : [variants.heading];
  const variantOf = ({ variant }: Row): string[] =>
    variants === undefined ? [] : [escaped(variant ?? variants.none)];
  return tableOf(
    [label, ...behind, ...columns].map(escaped),
    rows.map((row) => [
      escaped(row.label),
      ...variantOf(row),
      ...columns.map((_, column) => cellOf(row.cells[column] ?? '')),
    ]),
    of === 'numbers' ? 'right' : 'left',
  );
}

const cellOf = (cell: Cell): string =>
  typeof cell === 'string' ? escaped(cell) : cell.map((text) => inText(text)).join(', ');

/** How much happened in each, and its path folded away: a page of dozens of open diagrams is slow, and long. */
function diagramsOf({ diagrams }: Diagrams): string[] {
  const counts = tableOf(
    ['', ...kinds.map(([, many]) => many)],
    diagrams.map(({ name, steps, missing }) => [
      escaped(name),
      ...kinds.map(([kind]) => (missing === undefined ? String(countOf(steps, kind)) : '–')),
    ]),
    'right',
  );
  const drawn = diagrams.flatMap(({ name, steps, missing }) => {
    if (missing !== undefined) return ['', escaped(`${name} ${missing}.`)];
    const own = foldSteps(steps);
    const title = `${escaped(name)}: ${countKinds(own)}`;
    return ['', ...folded(title, ['```mermaid', ...sequenceDiagram(own), '```'])];
  });
  return [...counts, ...drawn];
}

const folded = (title: string, lines: readonly string[]): string[] => [
  '<details>',
  `<summary>${title}</summary>`,
  '',
  ...lines,
  '',
  '</details>',
];

const branchesOf = ({ lines, children }: TreeNode, depth: number): string[] => [
  `${'  '.repeat(depth)}- ${lines.map(({ text }) => escaped(text)).join('; ')}`,
  ...children.flatMap((child) => branchesOf(child, depth + 1)),
];
