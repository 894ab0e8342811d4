import { createHash } from 'node:crypto';
import type { OutgoingMessage } from '../channel.ts';
import type { SignedParts } from './webhook-signature.ts';

/** A signed HTTP request, as https://www.standardwebhooks.com has it. */
export interface WebhookRequest {
  /** By which the receiver knows it: the header `webhook-id`. */
  readonly id: string;
  readonly method: 'POST';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /**
   * JSON: `type`, always `notification`, and `data` with deliveryId, recipientName, content and, of a notification of the
   * shop, `notification`: type, subject, causeId, occurredAt (ISO 8601, UTC) and data.
   */
  readonly body: string;
}

export interface WebhookRequestOptions {
  message: OutgoingMessage;
  deliveryId: string;
  nowMs: number;
  /** One signature for each secret. */
  sign(parts: SignedParts): readonly string[];
}

/** Every attempt at a delivery has the same id and the same body; only time and signature are new. */
export function webhookRequest({
  message: { to, recipientName, content, notification },
  deliveryId,
  nowMs,
  sign,
}: WebhookRequestOptions): WebhookRequest {
  const data = { deliveryId, recipientName, content, ...(notification && asData(notification)) };
  const body = JSON.stringify({ type: 'notification', data });
  const id = webhookIdOf(deliveryId);
  const atSeconds = Math.floor(nowMs / 1000);
  return {
    id,
    method: 'POST',
    url: to,
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'idempotency-key': id,
      'user-agent': 'notification-architectures',
      'webhook-id': id,
      'webhook-timestamp': String(atSeconds),
      'webhook-signature': sign({ id, atSeconds, body }).join(' '),
    },
    body,
  };
}

/** Named one by one, so that nothing else of a notification leaves the house. */
const asData = ({
  type,
  subject,
  causeId,
  occurredAtMs,
  variables,
}: NonNullable<OutgoingMessage['notification']>) => ({
  notification: {
    type,
    subject,
    causeId,
    occurredAt: new Date(occurredAtMs).toISOString(),
    data: variables,
  },
});

/**
 * The delivery's id, or a digest of it where it has characters that a header may not have, or a full
 * stop, which is what parts id, time and body in what is signed.
 */
export const webhookIdOf = (deliveryId: string): string =>
  /^[\w:~-]{1,200}$/.test(deliveryId) ? deliveryId : createHash('sha256').update(deliveryId).digest('hex');
