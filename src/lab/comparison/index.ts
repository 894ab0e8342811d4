/**
 * The architectures side by side, measured.
 *
 * @example
 * ```ts
 * import { type Comparison, comparisonMarkdown } from './src/lab/comparison/index.ts';
 *
 * const toPage = (comparison: Comparison) => comparisonMarkdown(comparison);
 * console.log(toPage.length);
 * ```
 */
export type { Comparison } from './comparison.ts';
export { handOverInWords } from './hand-over.ts';
export { comparisonMarkdown } from './markdown.ts';
export { type CompareOptions, compare } from './measure/compare.ts';
export { undeclaredDifferences } from './measure/divergences.ts';
export { answerMeasurements } from './measure/in-process.ts';
export { measureTimings } from './measure/timed-runs.ts';
export { TimedShop } from './measure/timed-shop.ts';
export { type Variant, variants } from './measure/variants.ts';
export { comparisonPage } from './page.ts';
export { renderScenarioScreen, renderSummaryScreen } from './screen.ts';
export { reportShadow } from './shadow/report.ts';
export { outdated, readPage } from './written-page.ts';
