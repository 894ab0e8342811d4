import type { DeliveryDifference, DeliveryEnd } from './difference.ts';

/** A difference as `--json` has it: times in ISO 8601, UTC. */
export function differenceToJson(difference: DeliveryDifference): object {
  const { kinds, notification, customerId, channel, subject, occurredAtMs, wording } = difference;
  return {
    kinds,
    notification,
    customerId,
    channel,
    subject,
    occurredAt: isoOf(occurredAtMs),
    current: endToJson(difference.current),
    candidate: endToJson(difference.candidate),
    wording,
  };
}

const endToJson = (end: DeliveryEnd | undefined): object | null =>
  end === undefined ? null : { status: end.status, reason: end.reason, settledAt: isoOf(end.settledAtMs) };

const isoOf = (atMs: number | null): string | null => (atMs === null ? null : new Date(atMs).toISOString());
