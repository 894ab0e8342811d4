/**
 * Requests to tell somebody something, straight from a file or a prompt, through the pipeline.
 *
 * @example
 * ```ts
 * import { openUsers, sampleUsers } from './src/flows/notification-requests/index.ts';
 *
 * const users = await openUsers(undefined);
 * console.log(sampleUsers.length, (await users.customers.find('user_001'))?.addresses);
 * await users.close();
 * ```
 */

export { type LoadFigures, LoadMeter } from './load-meter.ts';
export { type NotificationRequest, priorities } from './notification-request.ts';
export { type AuditLine, Books, type DeadRequest, type Report } from './report.ts';
export type { RequestEntry } from './request-entry.ts';
export { type RequestResult, unreadable } from './request-result.ts';
export { areAsExpected } from './samples.ts';
export { type Source, type SourceOptions, sourceOf } from './source.ts';
export { submit, submitSteadily } from './submit.ts';
export { Submitter } from './submitter.ts';
export { openUsers, sampleUsers } from './users.ts';
