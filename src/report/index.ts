/**
 * What is to be read: documents, and their printers for a terminal, as Markdown and as HTML; and plain data, for JSON.
 *
 * @example
 * ```ts
 * import { type Document, terminalOf, toLines } from './src/report/index.ts';
 *
 * const document: Document = [
 *   { kind: 'heading', text: 'Parcels' },
 *   { kind: 'paragraph', lines: [{ sign: { text: '✓', tone: 'good' }, text: 'all are on their way' }] },
 * ];
 * console.log(toLines(document, terminalOf(process.stdout)).join('\n'));
 * ```
 */
export { foldSteps, type PathStep } from './diagram.ts';
export type { Block, Cell, Document, Line, Row, Span, Text, TreeNode } from './document.ts';
export { type Html, html, nothing } from './html/html.ts';
export { toFrame, toPage } from './html/page.ts';
export { toJson, toPlain, verbatim } from './json.ts';
export { toMarkdown } from './markdown/print.ts';
export { day, exactMoment, minute, moment } from './moment.ts';
export { inBytes, inGroups, inPercent, inWords, onAverage } from './numbers.ts';
export type { Bars, Grid, Lines, Picture, Timeline } from './picture.ts';
export { ProgressBar, type ProgressScreen } from './progress-bar.ts';
export { toLines } from './terminal/print.ts';
export { cut, shownWidth, type Terminal, terminalOf, wrap } from './terminal.ts';
export type { Tone } from './tone.ts';
export { equationOf, listed, plural, quoted, rounded, unique } from './words.ts';
