import type { Clock } from '../../kernel/index.ts';
import type { Channel } from '../channel.ts';
import { type Captured, defaultCapacity, Outbox } from './outbox.ts';
import { type WebhookRequest, webhookIdOf, webhookRequest } from './webhook-request.ts';
import { signaturesWith, type WebhookSecrets } from './webhook-signature.ts';

/** A webhook as it would have gone out. */
export interface CapturedWebhook extends Captured, WebhookRequest {
  readonly text: string;
}

export interface CaptureWebhookOptions {
  clock: Clock;
  /** Signs the requests: base64, with or without `whsec_` in front. Default: one that everybody knows. */
  secret?: WebhookSecrets;
  /** How many requests are kept. Default 1,000. */
  capacity?: number;
}

/** Nothing that is signed with it leaves the process. */
const captureSecret = `whsec_${Buffer.from('not a secret, only for capturing').toString('base64')}`;

/**
 * Signed webhooks that go into an outbox instead of the world, whatever the address is.
 * @throws {Error} when the secret is empty or no base64.
 */
export function captureWebhook({
  clock,
  secret = captureSecret,
  capacity = defaultCapacity,
}: CaptureWebhookOptions): Channel & { readonly outbox: Outbox<CapturedWebhook> } {
  const sign = signaturesWith(secret);
  const outbox = new Outbox<CapturedWebhook>(capacity);
  return {
    name: 'webhook',
    templates: 'push',
    messageIdOf: webhookIdOf,
    outbox,
    async send(message, { idempotencyKey: deliveryId }) {
      const request = webhookRequest({ message, deliveryId, nowMs: clock.now(), sign });
      outbox.add({ deliveryId, to: message.to, text: message.content.text, ...request });
      return { id: request.id };
    },
  };
}
