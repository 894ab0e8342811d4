import type { LedgerLine } from './ledger-contract.ts';
import type {
  DeliveryFailure,
  DeliveryRecord,
  DeliveryStatus,
  NotificationRecord,
  VerdictRecord,
} from './records.ts';
import type { Schema } from './schema.ts';

export type NotificationRow = Schema['notification'];
export type DeliveryRow = Schema['delivery'];

export const toNotificationRow = (record: NotificationRecord): unknown[] => [
  record.id,
  record.type,
  record.customerId,
  record.subject,
  record.causeId,
  record.correlationId,
  record.occurredAtMs,
  record.requestedAtMs,
  record.variables,
];

export const toNotification = (row: NotificationRow): NotificationRecord => ({
  id: row.id,
  type: row.type,
  customerId: row.customer_id,
  subject: row.subject,
  causeId: row.cause_id,
  correlationId: row.correlation_id,
  occurredAtMs: row.occurred_at,
  requestedAtMs: row.requested_at,
  variables: JSON.parse(row.variables),
});

export const toDelivery = (row: DeliveryRow): DeliveryRecord => ({
  notificationId: row.notification_id,
  channel: row.channel,
  status: row.status as DeliveryStatus,
  reason: row.reason,
  dueAtMs: row.due_at,
  settledAtMs: row.settled_at,
  attempts: row.attempts,
  receipt: row.receipt,
});

export const toLine = (row: NotificationRow & DeliveryRow): LedgerLine => ({
  notification: toNotification(row),
  delivery: toDelivery(row),
});

export const toVerdictRow = (record: VerdictRecord): unknown[] => [
  record.notificationId,
  record.channel,
  record.atMs,
  record.reason,
  record.untilMs,
];

export const toVerdict = (row: Schema['verdict']): VerdictRecord => ({
  notificationId: row.notification_id,
  channel: row.channel,
  atMs: row.at,
  reason: row.reason,
  untilMs: row.until,
});

export const toFailureRow = (record: DeliveryFailure): unknown[] => [
  record.notificationId,
  record.channel,
  record.errorCode,
  record.errorMessage,
  record.firstFailedAtMs,
  record.lastFailedAtMs,
];
