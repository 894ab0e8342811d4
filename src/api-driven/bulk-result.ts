import type { DeliveryStatus } from '../datastore/index.ts';
import type { NotifyResult } from './notification-api.ts';

/** What became of many notifications together: nobody reads ten thousand answers. */
export interface BulkResult {
  /** Customers who were considered. */
  readonly notifications: number;
  /** Their deliveries, by how they stand. */
  readonly deliveries: Readonly<Record<DeliveryStatus, number>>;
}

export function summaryOf(results: readonly NotifyResult[]): BulkResult {
  const deliveries = { sent: 0, skipped: 0, dead_lettered: 0, pending: 0 };
  for (const { channels } of results) for (const { status } of channels) deliveries[status]++;
  return { notifications: results.length, deliveries };
}
