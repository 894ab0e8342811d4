/**
 * A shop's history, command by command, in virtual time.
 *
 * @example
 * ```ts
 * import { replay } from './src/lab/replay/index.ts';
 * import { writeFileSync, rmSync } from 'node:fs';
 *
 * const file = `history-${process.pid}.ndjson`;
 * const data = { productId: 'bell', name: 'Bell', price: { amount: 900, currency: 'USD' } };
 * writeFileSync(file, `${JSON.stringify({ at: '2026-03-02T10:00:00Z', service: 'pricing', command: 'addProduct', data })}\n`);
 * const { refused, unreadable } = await replay({ file });
 * rmSync(file);
 * console.log(refused, unreadable);
 * ```
 */
export { BadLineWriter } from './bad-line-writer.ts';
export { type HistoryLine, type ReadHistoryOptions, readHistory } from './history/history.ts';
export { type BadLine, type ReplayOptions, type ReplayResult, replay } from './replay.ts';
export { checkReportFile } from './report-file.ts';
export { commandsPerSecond, replayDocument, type TimedReplay, totalsDocument } from './summary.ts';
