import { type Terminal, wrap } from '../terminal.ts';

/** Above what belongs together. */
export const drawHeading = (text: string, { colors, width }: Terminal): string[] =>
  wrap(text, width).map(colors.bold);
