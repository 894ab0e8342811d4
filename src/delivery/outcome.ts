import type { DeliveryRecord, VerdictRecord } from '../datastore/index.ts';
import type { ReasonCode } from '../notifications/index.ts';

/** What is written into the ledger after a delivery was looked at. */
export interface Outcome {
  readonly reason: ReasonCode;
  readonly atMs: number;
  /** The delivery as it stands now; left out when it stays as it is. */
  readonly delivery?: DeliveryRecord;
  /** The verdict, when it did not end the delivery. */
  readonly verdict?: VerdictRecord;
}

export interface End {
  readonly status: 'sent' | 'skipped' | 'dead_lettered';
  readonly reason: ReasonCode;
  readonly receipt: string | null;
  /** Whether the provider was asked. */
  readonly wasAsked: boolean;
}

export function ended(delivery: DeliveryRecord, end: End, atMs: number): Outcome {
  const { status, reason, receipt, wasAsked } = end;
  const attempts = delivery.attempts + (wasAsked ? 1 : 0);
  return {
    reason,
    atMs,
    delivery: { ...delivery, status, reason, receipt, attempts, dueAtMs: null, settledAtMs: atMs },
  };
}

export function skipped(delivery: DeliveryRecord, reason: ReasonCode, atMs: number): Outcome {
  return ended(delivery, { status: 'skipped', reason, receipt: null, wasAsked: false }, atMs);
}

export interface Deferral {
  readonly reason: ReasonCode;
  readonly untilMs: number;
}

export function deferred(delivery: DeliveryRecord, { reason, untilMs }: Deferral, atMs: number): Outcome {
  return {
    reason,
    atMs,
    delivery: { ...delivery, reason, dueAtMs: untilMs },
    verdict: verdictOn(delivery, { reason, atMs, untilMs }),
  };
}

/** It was asked for again after it was sent. */
export function refused(delivery: DeliveryRecord, atMs: number): Outcome {
  const reason = 'duplicate';
  return { reason, atMs, verdict: verdictOn(delivery, { reason, atMs, untilMs: null }) };
}

function verdictOn(
  { notificationId, channel }: DeliveryRecord,
  verdict: Pick<VerdictRecord, 'reason' | 'atMs' | 'untilMs'>,
): VerdictRecord {
  return { notificationId, channel, ...verdict };
}
