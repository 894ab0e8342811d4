import { toPlain } from '../../../report/index.ts';
import type { DeliveryDifference, DeliveryEnd } from './difference.ts';

/** A difference as `--json` has it: times in ISO 8601, UTC. */
export function plainDifference(difference: DeliveryDifference): unknown {
  const { kinds, notification, customerId, channel, subject, occurredAtMs, wording } = difference;
  const current = plainEnd(difference.current);
  const candidate = plainEnd(difference.candidate);
  return toPlain({
    kinds,
    notification,
    customerId,
    channel,
    subject,
    occurredAtMs,
    current,
    candidate,
    wording,
  });
}

const plainEnd = (end: DeliveryEnd | undefined): object | null =>
  end === undefined ? null : { status: end.status, reason: end.reason, settledAtMs: end.settledAtMs };
