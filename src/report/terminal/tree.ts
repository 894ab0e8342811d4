import type { TreeNode } from '../document.ts';
import { type Terminal, wrap } from '../terminal.ts';
import { paintOf } from './tone.ts';

/** However deep the tree and narrow the screen, this much is left for the text. */
const narrowestText = 20;

/** Draws the tree in box characters, its text broken to the width. */
export function drawTree({ lines, children }: TreeNode, terminal: Terminal): string[] {
  const { colors, width } = terminal;
  const own = lines.flatMap(({ text, tone }) =>
    wrap(text, Math.max(narrowestText, width)).map(paintOf(tone, colors)),
  );
  const branches = children.flatMap((child, index) => {
    const isLast = index === children.length - 1;
    const [first = '', ...rest] = drawTree(child, { ...terminal, width: width - 3 });
    return [`${isLast ? '└─ ' : '├─ '}${first}`, ...rest.map((line) => `${isLast ? '   ' : '│  '}${line}`)];
  });
  return [...own, ...branches];
}
