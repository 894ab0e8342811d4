import pc from 'picocolors';
import stringWidth from 'string-width';
import wrapAnsi from 'wrap-ansi';

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

/**
 * Breaks text between words into lines of at most `width` characters, as they are shown; a longer word stands alone.
 */
export const wrap = (text: string, width: number): string[] => lines(text, width, false);

/** The same, but a longer word is broken as well. */
export const wrapHard = (text: string, width: number): string[] => lines(text, Math.max(1, width), true);

const lines = (text: string, width: number, hard: boolean): string[] =>
  wrapAnsi(text.trim().replace(/\s+/g, ' '), width, { hard }).split('\n');

const segments = new Intl.Segmenter();

/** Cuts text to `width` characters, as they are shown, with an ellipsis where something is left out. */
export function cut(text: string, width: number): string {
  if (shownWidth(text) <= width) return text;
  let kept = '';
  let room = width - 1;
  for (const { segment } of segments.segment(text)) {
    room -= shownWidth(segment);
    if (room < 0) break;
    kept += segment;
  }
  return `${kept}…`;
}

/** In characters as they are shown: colours take no room, and some signs take that of two. */
export const shownWidth = (text: string): number => stringWidth(text);

/** Fills up with spaces to `width`, as it is shown. */
export function pad(text: string, width: number, align: 'left' | 'right' = 'left'): string {
  const spaces = ' '.repeat(Math.max(0, width - shownWidth(text)));
  return align === 'left' ? text + spaces : spaces + text;
}
