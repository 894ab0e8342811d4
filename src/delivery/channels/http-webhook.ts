import type { Clock } from '../../kernel/index.ts';
import { type Channel, ChannelError } from '../channel.ts';
import type { ResolveHost } from './guarded-lookup.ts';
import { guardedPost } from './guarded-post.ts';
import { refusalOf } from './webhook-answer.ts';
import { webhookIdOf, webhookRequest } from './webhook-request.ts';
import { signaturesWith, type WebhookSecrets } from './webhook-signature.ts';

export interface HttpWebhookOptions {
  clock: Clock;
  /**
   * Signs the requests: base64, with or without `whsec_` in front. One for all addresses, so whoever can
   * check a signature can also make one: give it to receivers that trust each other. Two, the new one first, while
   * receivers change over: each request then has both signatures.
   */
  secret: WebhookSecrets;
  /** From the first look-up of the name to the status line. Default 10,000. */
  timeoutMs?: number;
  /** Lets tests reach 127.0.0.0/8 and ::1, and nothing else that is not public. Default false. */
  allowLoopback?: boolean;
  /** Finds the addresses of a host name. Default: as the operating system does. */
  resolve?: ResolveHost;
}

/**
 * Signed webhooks, really sent: one POST to the customer's URL, over http or https. It reaches public
 * addresses only, follows no redirect, and reads nothing of the answer but status and headers.
 * 2xx is sent. `send` throws a {@link ChannelError}: transient for 408, 425, 429, 5xx (with what
 * `Retry-After` asks for), a name that is not found, no connection; permanent for any other status (410 with
 * `suppress`: the receiver wants no more), a bad URL, or an address that is refused. Anything that goes wrong once connected, the timeout too, is
 * another error, since the receiver may have read the request.
 * @throws {Error} when the secret is empty or no base64.
 */
export function httpWebhook({
  clock,
  secret,
  timeoutMs = 10_000,
  allowLoopback = false,
  ...options
}: HttpWebhookOptions): Channel {
  const sign = signaturesWith(secret);
  return {
    name: 'webhook',
    templates: 'push',
    messageIdOf: webhookIdOf,
    async send(message, { idempotencyKey: deliveryId, signal }) {
      const url = webhookUrl(message.to);
      const request = webhookRequest({ message, deliveryId, nowMs: clock.now(), sign });
      const answer = await guardedPost({
        url,
        request,
        signal,
        clock,
        timeoutMs,
        allowLoopback,
        ...options,
      });
      const refusal = refusalOf(answer, clock.now());
      if (refusal !== undefined) throw refusal;
      return { id: request.id };
    },
  };
}

/** Says nothing of the URL: secrets stand in them. */
function webhookUrl(to: string): URL {
  if (!URL.canParse(to)) throw refused('invalid_url');
  const url = new URL(to);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw refused('scheme_not_allowed');
  if (url.username !== '' || url.password !== '') throw refused('credentials_in_url');
  return url;
}

const refused = (reason: string): ChannelError =>
  new ChannelError('permanent', { message: `the webhook's URL is refused: ${reason}` });
