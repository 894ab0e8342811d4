import { wrap } from './terminal.ts';

/** Something with what follows from it. */
export interface TreeNode {
  /** Each begins on a line of its own. */
  readonly lines: readonly TreeLine[];
  readonly children: readonly TreeNode[];
}

export interface TreeLine {
  readonly text: string;
  /** Colours the text, once it is broken into lines. */
  readonly style?: (text: string) => string;
}

/** However deep the tree and narrow the screen, this much is left for the text. */
const narrowestText = 20;

/** Draws the tree in box characters, its text wrapped to `width`. */
export function drawTree({ lines, children }: TreeNode, width: number): string[] {
  const own = lines.flatMap(({ text, style = (plain) => plain }) =>
    wrap(text, Math.max(narrowestText, width)).map(style),
  );
  const branches = children.flatMap((child, index) => {
    const isLast = index === children.length - 1;
    const [first = '', ...rest] = drawTree(child, width - 3);
    return [`${isLast ? '└─ ' : '├─ '}${first}`, ...rest.map((line) => `${isLast ? '   ' : '│  '}${line}`)];
  });
  return [...own, ...branches];
}
