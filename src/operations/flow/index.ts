/**
 * What happened, as a timeline.
 *
 * @example
 * ```ts
 * import { runScenario } from './src/lab/scenarios/index.ts';
 * import { renderEntries } from './src/operations/flow/index.ts';
 * import { terminalOf } from './src/report/index.ts';
 *
 * const { timeline } = await runScenario('welcome');
 * console.log(renderEntries(timeline, terminalOf(process.stdout)).join('\n'));
 * ```
 */
export { describeEvent } from './describe-event.ts';
export { shipmentProgress } from './progress.ts';
export { receiptInWords, whyInWords } from './receipt-in-words.ts';
export { renderEntries } from './timeline-report.ts';
