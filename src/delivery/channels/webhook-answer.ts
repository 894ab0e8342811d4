import { ChannelError } from '../channel.ts';

export interface WebhookAnswer {
  readonly host: string;
  readonly status: number;
  readonly retryAfter: string | undefined;
}

/** Why the receiver did not take it; undefined when it did. One that says when to come back is well, and busy. */
export function refusalOf(
  { host, status, retryAfter }: WebhookAnswer,
  nowMs: number,
): ChannelError | undefined {
  if (status >= 200 && status < 300) return undefined;
  const message = `the webhook at ${host} answered ${status}`;
  const isTransient = status >= 500 || status === 408 || status === 425 || status === 429;
  if (status === 410) return new ChannelError('permanent', { message, suppress: 'unsubscribed' });
  if (!isTransient) return new ChannelError('permanent', { message });
  const retryAfterMs = retryAfter === undefined ? undefined : retryAfterInMs(retryAfter, nowMs);
  const isThrottled = status === 429 || retryAfterMs !== undefined;
  return new ChannelError('transient', {
    message,
    isThrottled,
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  });
}

/** `Retry-After` (RFC 9110, 10.2.3): whole seconds, or a date. Undefined when it is neither. */
function retryAfterInMs(value: string, nowMs: number): number | undefined {
  const text = value.trim();
  if (/^\d+$/.test(text)) return Math.min(Number(text) * 1000, Number.MAX_SAFE_INTEGER);
  // Date.parse alone takes nearly anything for a date.
  const atMs = /^[A-Z][a-z]{2,8},? .* GMT$/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(atMs) ? undefined : Math.max(0, atMs - nowMs);
}
