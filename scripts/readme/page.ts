/** A Markdown page, taken apart as far as the checks need it. */

export interface Block {
  /** Line of the opening fence, counted from 1. */
  line: number;
  language: string;
  /** What follows the language: `run`, `output`, `file=examples/hello.ts`, `exit=1`. */
  words: string[];
  indent: string;
  body: string[];
  closed: boolean;
}

export interface Page {
  /** Relative to the root of the repository. */
  path: string;
  lines: string[];
  blocks: Block[];
}

/** Something untrue on a page, with the lines that would make it true where that is known. */
export interface Problem {
  line: number;
  message: string;
  fix?: Replacement;
}

export interface Replacement {
  /** First line to replace, counted from 1. */
  from: number;
  count: number;
  lines: string[];
}

export function parsePage(path: string, text: string): Page {
  const lines = text.replace(/\r?\n$/, '').split(/\r?\n/);
  const blocks: Block[] = [];
  let index = 0;
  while (index < lines.length) {
    const block = blockAt(lines, index);
    if (block) blocks.push(block);
    index += block ? block.body.length + 2 : 1;
  }
  return { path, lines, blocks };
}

function blockAt(lines: string[], start: number): Block | undefined {
  const [, indent = '', fence = '', info = ''] = /^(\s*)(`{3,}|~{3,})([^`]*)$/.exec(lines[start] ?? '') ?? [];
  if (fence === '') return undefined;
  const isClosing = (line: string) => line.trim().startsWith(fence) && /^(`+|~+)$/.test(line.trim());
  const length = lines.slice(start + 1).findIndex(isClosing);
  const closed = length !== -1;
  const body = lines.slice(start + 1, closed ? start + 1 + length : undefined);
  const [language = '', ...words] = info.trim().split(/\s+/);
  const dedented = body.map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line));
  return { line: start + 1, language, words, indent, body: dedented, closed };
}

/** The value of `name=value` in the info string. */
export function settingOf(block: Block, name: string): string | undefined {
  return block.words.find((word) => word.startsWith(`${name}=`))?.slice(name.length + 1);
}

/** Replaces lines of a block; `offset` counts from the first line inside the fence. */
export function replaceInBlock(block: Block, offset: number, count: number, lines: string[]): Replacement {
  const indented = lines.map((line) => (line === '' ? line : block.indent + line));
  return { from: block.line + 1 + offset, count, lines: indented };
}

/** Lines outside of fenced blocks, as `[line number, text]`, with `inline code` blanked out. */
export function proseOf(page: Page): [number, string][] {
  const fenced = new Set<number>();
  for (const block of page.blocks) {
    for (let line = block.line; line <= block.line + block.body.length + 1; line += 1) fenced.add(line);
  }
  return page.lines
    .map((text, index): [number, string] => [index + 1, text.replace(/`[^`]*`/g, '``')])
    .filter(([line]) => !fenced.has(line));
}

export function applyFixes(page: Page, problems: Problem[]): string {
  const lines = [...page.lines];
  const fixes = problems.flatMap(({ fix }) => fix ?? []).sort((a, b) => b.from - a.from);
  // From the bottom up, so that the line numbers above stay right.
  for (const fix of fixes) lines.splice(fix.from - 1, fix.count, ...fix.lines);
  return `${lines.join('\n')}\n`;
}
