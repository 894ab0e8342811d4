export { handIn } from './hand-in.ts';
export { type NotificationRequest, priorities } from './notification-request.ts';
export { type AuditLine, Books, type DeadRequest, type Report } from './report.ts';
export { RequestDesk } from './request-desk.ts';
export type { RequestEntry } from './request-entry.ts';
export { type RequestResult, unreadable } from './request-result.ts';
export { areAsExpected } from './samples.ts';
export { type Source, type SourceOptions, sourceOf } from './source.ts';
export { openUsers, sampleUsers } from './users.ts';
