import type { Block, Document, Line, List } from '../document.ts';
import { cut, shownWidth, type Terminal, wrap, wrapHard } from '../terminal.ts';
import { isFile, textOf, toneOf } from '../text.ts';
import { drawBars, drawGrid } from './bars.ts';
import { drawColumns } from './columns.ts';
import { drawDiagrams } from './diagrams.ts';
import { drawLines } from './lines.ts';
import { drawTable } from './table.ts';
import { drawTimeline } from './timeline.ts';
import { paintOf } from './tone.ts';
import { drawTree } from './tree.ts';

/**
 * The lines of a document on a terminal, with a blank one between blocks; a heading stands on what it heads. What is
 * folded away is left out.
 */
export function toLines(document: Document, terminal: Terminal): string[] {
  const lines: string[] = [];
  let isHeaded = true;
  for (const block of document) {
    const drawn = draw(block, terminal);
    if (drawn.length === 0) continue;
    lines.push(...(isHeaded ? [] : ['']), ...drawn);
    isHeaded = block.kind === 'heading';
  }
  return lines;
}

function draw(block: Block, terminal: Terminal): string[] {
  const { colors, width } = terminal;
  switch (block.kind) {
    case 'heading':
      return wrap(cut(block.text, width), width).map(paintOf(block.tone ?? 'strong', colors));
    case 'paragraph':
      return block.lines.flatMap((line) => drawLine(line, terminal));
    case 'list':
      return drawList(block, terminal);
    case 'table':
      return drawTable(block, terminal);
    case 'columns':
      return drawColumns(block, terminal);
    case 'tree':
      return drawTree(block.root, terminal);
    case 'code':
      return block.text.split('\n');
    case 'chart':
      return [];
    case 'bars':
      return drawBars(block, terminal);
    case 'lines':
      return drawLines(block, terminal);
    case 'timeline':
      return drawTimeline(block, terminal);
    case 'grid':
      return drawGrid(block, terminal);
    case 'diagrams':
      return drawDiagrams(block, terminal);
    case 'panels':
      return block.panels.flatMap(({ name, blocks }, index) => [
        ...(index === 0 ? [] : ['']),
        ...toLines([{ kind: 'heading', text: name }, ...blocks], terminal),
      ]);
    case 'fold':
      return [];
  }
}

function drawLine(line: Line, { colors, width }: Terminal): string[] {
  const { sign, text, tone, indent = 0, hang = 0, isCode } = line;
  const signWidth = sign === undefined ? 0 : shownWidth(textOf(sign)) + 1;
  const lines = isCode ? [text] : wrapHard(text, width - indent - signWidth - hang);
  const lead = sign === undefined ? '' : `${paintOf(toneOf(sign), colors)(textOf(sign))} `;
  return lines.map((part, index) => {
    const margin = ' '.repeat(indent + (index === 0 ? 0 : signWidth + hang));
    return margin + (index === 0 ? lead : '') + paintOf(tone, colors)(part);
  });
}

/** `  term: text`, with what does not fit on the line below it; files have a line of their own. */
function drawList({ items }: List, { colors, width }: Terminal): string[] {
  return items.flatMap(({ term, texts }) => {
    const words = texts.filter((text) => !isFile(text)).map(textOf);
    const [first = '', ...rest] = wrap(`${term}: ${words.join(', ')}`, width - 4);
    const head = first.startsWith(`${term}:`)
      ? colors.bold(cut(term, width - 2)) + cut(first, width - 2).slice(term.length)
      : cut(first, width - 2);
    const files = texts.filter(isFile).map((text) => colors.dim(cut(textOf(text), width - 4)));
    return [
      `  ${head}`,
      ...rest.map((line) => `    ${cut(line, width - 4)}`),
      ...files.map((f) => `    ${f}`),
    ];
  });
}
