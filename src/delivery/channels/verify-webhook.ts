import { timingSafeEqual } from 'node:crypto';
import { millisecondsInDay, millisecondsInMinute } from 'date-fns/constants';
import { AppError } from '../../kernel/index.ts';
import { signaturesWith, type WebhookSecrets } from './webhook-signature.ts';

export interface ReceivedWebhook {
  /** By their names in lower case, as Node has them. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** As it came, byte for byte: JSON that was parsed and written again has another signature. */
  readonly body: string;
}

export interface VerifyWebhookOptions {
  /** All that may have signed it: two while the sender changes from one to the other. */
  secrets: WebhookSecrets;
  /** The receiver's time: milliseconds since the epoch. */
  nowMs: number;
  /** How old a request may be, and how far ahead its clock. Default: five minutes. */
  toleranceMs?: number;
}

export interface VerifiedWebhook {
  /** The same for every attempt at one delivery. */
  readonly id: string;
  readonly sentAtMs: number;
  /** The body, parsed. */
  readonly payload: unknown;
}

export type WebhookRefusal = 'incomplete' | 'too_old' | 'too_new' | 'wrong_signature' | 'no_json';

/** It is not to be acted upon: answer 400. */
export class WebhookRefusedError extends AppError {
  readonly code = 'webhook_refused';
  readonly reason: WebhookRefusal;

  constructor(reason: WebhookRefusal) {
    super({ message: `the webhook is refused: ${reason}`, help: helps[reason] });
    this.reason = reason;
  }
}

const helps: Readonly<Record<WebhookRefusal, string>> = {
  incomplete: 'webhook-id, webhook-timestamp and webhook-signature have to be there, once each.',
  too_old: 'Somebody may be repeating it; or the clocks differ.',
  too_new: 'The clocks of the sender and the receiver differ.',
  wrong_signature:
    'It is not from the shop, was changed on its way, or is signed with a secret that is not known here.',
  no_json: 'The body of a signed webhook is JSON.',
};

/**
 * Whether a webhook is the shop's, and fresh. All that was signed is compared in a time that does not depend on where it
 * differs. It may still be a repetition: see {@link HandledWebhooks}.
 *
 * @example
 * const { id, payload } = verifyWebhook({ headers: request.headers, body }, { secrets, nowMs: Date.now() });
 * @throws {WebhookRefusedError}
 * @throws {Error} when a secret is empty or no base64.
 */
export function verifyWebhook(
  { headers, body }: ReceivedWebhook,
  { secrets, nowMs, toleranceMs = 5 * millisecondsInMinute }: VerifyWebhookOptions,
): VerifiedWebhook {
  const [id, timestamp, given] = ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map(
    (name) => headers[name],
  );
  if (typeof id !== 'string' || !/^[^.\s]{1,200}$/.test(id)) throw new WebhookRefusedError('incomplete');
  if (typeof timestamp !== 'string' || !/^\d{1,11}$/.test(timestamp))
    throw new WebhookRefusedError('incomplete');
  if (typeof given !== 'string') throw new WebhookRefusedError('incomplete');
  const atSeconds = Number(timestamp);
  const isSigned = isAnyOf(given, signaturesWith(secrets)({ id, atSeconds, body }));
  // Before the time, so that a stranger learns nothing of our clock.
  if (!isSigned) throw new WebhookRefusedError('wrong_signature');
  const sentAtMs = atSeconds * 1000;
  if (sentAtMs < nowMs - toleranceMs) throw new WebhookRefusedError('too_old');
  if (sentAtMs > nowMs + toleranceMs) throw new WebhookRefusedError('too_new');
  return { id, sentAtMs, payload: parsed(body) };
}

/** No sender changes over between more secrets than this; the rest of a longer header is not looked at. */
const mostSignatures = 10;

function isAnyOf(given: string, expected: readonly string[]): boolean {
  let isOne = false;
  for (const signature of given.split(' ', mostSignatures))
    for (const right of expected) isOne = isSame(Buffer.from(signature), Buffer.from(right)) || isOne;
  return isOne;
}

const isSame = (one: Buffer, other: Buffer): boolean =>
  one.length === other.length && timingSafeEqual(one, other);

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw new WebhookRefusedError('no_json');
  }
}

export interface HandledWebhooksOptions {
  /** For how long an id is remembered. Default: a day, as long as the shop tries. */
  windowMs?: number;
  /** How many at most; the oldest are forgotten first. Default 100,000. */
  capacity?: number;
}

/**
 * The ids of what was handled. A webhook comes twice when its answer was lost, and an attacker can repeat one for as long
 * as it is fresh: answer 2xx, and do nothing. Add an id when its work is done, not before: else what failed is lost.
 */
export class HandledWebhooks {
  readonly #untilMs = new Map<string, number>();
  readonly #windowMs: number;
  readonly #capacity: number;

  constructor({ windowMs = millisecondsInDay, capacity = 100_000 }: HandledWebhooksOptions = {}) {
    this.#windowMs = windowMs;
    this.#capacity = capacity;
  }

  has(id: string, nowMs: number): boolean {
    return (this.#untilMs.get(id) ?? Number.NEGATIVE_INFINITY) >= nowMs;
  }

  add(id: string, nowMs: number): void {
    this.#untilMs.delete(id);
    this.#untilMs.set(id, nowMs + this.#windowMs);
    for (const [oldest, untilMs] of this.#untilMs) {
      if (untilMs >= nowMs && this.#untilMs.size <= this.#capacity) return;
      this.#untilMs.delete(oldest);
    }
  }
}
