import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Font } from 'fontkit';

/** What pdfkit takes for a font: a standard one by its name, or one that it embeds. */
export interface Fonts {
  readonly regular: string | Font;
  readonly bold: string | Font;
}

/** Every program that shows PDFs has them; they know the letters of Western Europe. */
const standard: Fonts = { regular: 'Helvetica', bold: 'Helvetica-Bold' };

/** Windows-1252, which is all that standard fonts of a PDF can say. */
const westEuropean = /^[ -~\u00a0-\u00ac\u00ae-\u00ffŒœŠšŸŽžƒˆ˜–—‘’‚“”„†‡•…‰‹›€™]*$/u;

/** Written from left to right, a letter a sign: what pdfkit sets as it is read. */
const simpleScripts =
  /^[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Armenian}\p{Script=Georgian}\p{Script=Common}\p{Script=Inherited}]*$/u;

/** The fonts that have every letter of the text and set it right; undefined: none of ours. */
export function fontsFor(text: string): Fonts | undefined {
  if (westEuropean.test(text)) return standard;
  if (!simpleScripts.test(text)) return undefined;
  embedded ??= readEmbedded();
  const { regular, bold } = embedded;
  const has = (font: Font): boolean =>
    [...text].every((letter) => font.hasGlyphForCodePoint(letter.codePointAt(0) ?? 0));
  return has(regular) && has(bold) ? embedded : undefined;
}

/** Reading them takes 50 times what using them does. Nothing is kept of what could not be read. */
let embedded: { readonly regular: Font; readonly bold: Font } | undefined;

/** Synchronous, so that a run is the same however fast a disk is; loaded for the first text that needs them. */
function readEmbedded() {
  const require = createRequire(import.meta.url);
  const { create } = require('fontkit') as typeof import('fontkit');
  const read = (file: string): Font => create(readFileSync(file)) as Font;
  return {
    regular: read(require.resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf')),
    bold: read(require.resolve('dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf')),
  };
}
