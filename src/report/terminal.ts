import pc from 'picocolors';

export type Colors = ReturnType<typeof pc.createColors>;

export interface Terminal {
  /** In characters. */
  readonly width: number;
  readonly colors: Colors;
}

const narrowest = 40;
/** Where nothing is known: a pipe, or a terminal that says 0. */
const usual = 80;
/** Longer lines are tiring to read. */
const widestText = 100;

/**
 * What a stream can show: no colours in a pipe or with NO_COLOR, no line longer than it is wide.
 * @param widest for what is more than text and can use a wide screen; left out, 100 characters.
 */
export function terminalOf(
  stream: { readonly isTTY?: boolean; readonly columns?: number },
  widest: number = widestText,
): Terminal {
  const hasColors = stream.isTTY === true && !process.env.NO_COLOR && process.env.TERM !== 'dumb';
  const width = Math.min(widest, Math.max(narrowest, stream.columns || usual));
  return { width, colors: pc.createColors(hasColors) };
}

/** Breaks text between words into lines of at most `width` characters; a longer word stands alone. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/)) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}

/** Cuts text to `width` characters, with an ellipsis where something is left out. */
export function cut(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, Math.max(0, width - 1))}…`;
}
