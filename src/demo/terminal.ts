import pc from 'picocolors';

/** The part of an output stream that decides how a person is written to. */
export interface Screen {
  readonly isTTY?: boolean;
  /** Of a terminal; a file or a pipe has none. */
  readonly columns?: number;
}

type Colors = ReturnType<typeof pc.createColors>;

/** Colours for a terminal whose user wants them; plain text for a file or a pipe. See https://no-color.org. */
export function colorsFor({ isTTY = false }: Screen): Colors {
  return pc.createColors(isTTY && !process.env.NO_COLOR);
}

/** How many characters go on a line; no limit where nobody looks at it on a screen. */
export function widthOf({ isTTY = false, columns }: Screen): number {
  return isTTY && columns !== undefined && columns > 0 ? columns : Number.POSITIVE_INFINITY;
}

/** Breaks a text at its spaces into lines of at most `width` characters; a longer word is cut. */
export function wrapText(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (longer.length <= width) {
      line = longer;
      continue;
    }
    if (line !== '') lines.push(line);
    line = word;
    for (; line.length > width; line = line.slice(width)) lines.push(line.slice(0, width));
  }
  return [...lines, line];
}
