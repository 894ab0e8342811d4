import type { AuditRecord, ValidationError } from '../../pipeline/index.ts';
import type { Activity } from './activity.ts';
import type { NotificationRequest } from './notification-request.ts';

/** What became of one request. */
export interface RequestResult {
  /** Where it came from: `line 3`. */
  readonly place: string;
  /** Null for what was no request. */
  readonly requestId: string | null;
  readonly request: NotificationRequest | null;
  /**
   * `sent`: on every channel that had a good address, and there was one; `skipped`: there was none; `failed`:
   * on some channel, or before it came to one; `refused`: by validation; `unreadable`: it is no request.
   */
  readonly status: 'sent' | 'skipped' | 'failed' | 'refused' | 'unreadable';
  /** Why it did not get through. */
  readonly errors: readonly ValidationError[];
  /** What the stages did for it. */
  readonly activity: Activity;
  /** One a channel, in the order of the request. */
  readonly deliveries: readonly AuditRecord[];
}

type Status = RequestResult['status'];

/** Results by status. */
export type Tally = Record<Status, number>;

export const emptyTally = (): Tally => ({ sent: 0, skipped: 0, failed: 0, refused: 0, unreadable: 0 });

export function unreadable(place: string, words: string): RequestResult {
  const errors = [{ code: 'unreadable', words }];
  const activity = { handled: 0, emitted: 0 };
  return { place, requestId: null, request: null, status: 'unreadable', errors, activity, deliveries: [] };
}

export function statusOf(deliveries: readonly AuditRecord[]): Status {
  const outcomes = new Set(deliveries.map(({ outcome }) => outcome));
  if (deliveries.length === 0 || outcomes.has('failed')) return 'failed';
  return outcomes.has('sent') ? 'sent' : 'skipped';
}
