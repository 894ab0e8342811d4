import type { AuditRecord } from '../../pipeline/index.ts';
import type { NotificationRequest } from './notification-request.ts';

/** Why a request did not get through, as a stable code and in words. */
export interface Trouble {
  readonly code: string;
  readonly words: string;
}

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
  readonly troubles: readonly Trouble[];
  /** One a channel, in the order of the request. */
  readonly deliveries: readonly AuditRecord[];
}

type Status = RequestResult['status'];

/** Results by status. */
export type Tally = Record<Status, number>;

export const emptyTally = (): Tally => ({ sent: 0, skipped: 0, failed: 0, refused: 0, unreadable: 0 });

export function unreadable(place: string, words: string): RequestResult {
  const troubles = [{ code: 'unreadable', words }];
  return { place, requestId: null, request: null, status: 'unreadable', troubles, deliveries: [] };
}

export function statusOf(deliveries: readonly AuditRecord[]): Status {
  const outcomes = new Set(deliveries.map(({ outcome }) => outcome));
  if (deliveries.length === 0 || outcomes.has('failed')) return 'failed';
  return outcomes.has('sent') ? 'sent' : 'skipped';
}
