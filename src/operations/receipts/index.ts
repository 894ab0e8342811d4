/**
 * What providers report behind their yes, from the mails and callbacks in which they do.
 *
 * @example
 * ```ts
 * import { readReports } from './src/operations/receipts/index.ts';
 *
 * const bytes = new TextEncoder().encode('{"channel":"sms","providerMessageId":"SM1","status":"delivered"}');
 * const { receipts } = await readReports([{ name: 'callback.json', bytes }]);
 * console.log(receipts.map(({ status }) => status));
 * ```
 */
export { readReports } from './read-reports.ts';
export { plainTaken, takenDocument } from './report.ts';
