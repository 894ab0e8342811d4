import { createHash } from 'node:crypto';
import type { Webhook } from 'standardwebhooks';
import type { OutgoingMessage } from '../channel.ts';

/** A signed HTTP request, as https://www.standardwebhooks.com has it. */
export interface WebhookRequest {
  readonly method: 'POST';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON: `type`, always `notification`, and `data` with deliveryId, recipientName and content. */
  readonly body: string;
}

export interface WebhookRequestOptions {
  message: OutgoingMessage;
  deliveryId: string;
  nowMs: number;
  signer: Webhook;
}

/** Every attempt at a delivery has the same id and the same body; only time and signature are new. */
export function webhookRequest({
  message: { to, recipientName, content },
  deliveryId,
  nowMs,
  signer,
}: WebhookRequestOptions): WebhookRequest {
  const body = JSON.stringify({ type: 'notification', data: { deliveryId, recipientName, content } });
  const id = headerId(deliveryId);
  return {
    method: 'POST',
    url: to,
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'idempotency-key': id,
      'user-agent': 'notification-architectures',
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(nowMs / 1000)),
      'webhook-signature': signer.sign(id, new Date(nowMs), body),
    },
    body,
  };
}

/**
 * The delivery's id, or a digest of it where it has characters that a header may not have, or a full
 * stop, which is what parts id, time and body in what is signed.
 */
const headerId = (deliveryId: string): string =>
  /^[\w:~-]{1,200}$/.test(deliveryId) ? deliveryId : createHash('sha256').update(deliveryId).digest('hex');
