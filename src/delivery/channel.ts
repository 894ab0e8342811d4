import type { Suppression } from '../datastore/index.ts';
import { AppError } from '../kernel/index.ts';
import type { Attachment, Content, Notification, Unsubscription } from '../notifications/index.ts';

/** One rendered notification, addressed. */
export interface OutgoingMessage {
  readonly to: string;
  readonly recipientName: string;
  readonly content: Content;
  /** What it says, for a program to read. Left out: a person's own words, which are of no type. */
  readonly notification?: Pick<
    Notification,
    'type' | 'subject' | 'causeId' | 'correlationId' | 'occurredAtMs' | 'variables'
  >;
  /** Only for the templates `email`. Left out, none. */
  readonly attachments?: readonly Attachment[] | undefined;
  /** Whom a mail is from. Left out: the shop. */
  readonly from?: { readonly name: string; readonly address: string };
  /** What one click may end; left out, nothing. */
  readonly unsubscription?: Unsubscription | undefined;
}

/** A channel that wraps another hands it on as it is: a copy by spreading would lack the half. */
export interface SendContext {
  /** The delivery's id: the provider is to send once for it, however often it is asked. */
  readonly idempotencyKey: string;
  /** Aborted when nobody waits for the answer any more. */
  readonly signal: AbortSignal;
  /**
   * Waits on the clock of the house; a channel that simulates latency uses it, so that `settle` knows that
   * only time is missing. Rejects when the signal is aborted.
   */
  wait(ms: number): Promise<void>;
}

export interface Receipt {
  /**
   * What the provider calls the message: what it reports later comes under this id. Another message of the channel never
   * has the same; best, and where the provider can, the same key always has.
   */
  readonly id: string;
}

/**
 * A way to reach a customer. Another one is another object like this: it is tried for every customer
 * who has an address under its name and has switched it on.
 */
export interface Channel {
  /** A persistent id: addresses, preferences and the ledger use it. */
  readonly name: string;
  /**
   * Which templates it is given: `email` (subject, text, html; it sends what is attached too), `sms` (text), `push`
   * (subject, text, link).
   */
  readonly templates: string;
  /**
   * What answers for an address, where its failures say nothing of others: for `email` behind one relay that would be
   * undefined, since all mail goes the same way. Left out: the host of a URL, the domain of a mail address, and for
   * anything else undefined, the channel's one provider.
   */
  endpointOf?(to: string): string | undefined;
  /**
   * The id that `send` will answer with, where the house makes it: then what the provider reports of a message finds its
   * delivery though the answer was lost. Left out, or undefined: only the answer tells.
   */
  messageIdOf?(idempotencyKey: string): string | undefined;
  /**
   * Hands the message to the provider; may be called many times at once.
   * @throws {ChannelError} when the provider did not take it. Anything else that is thrown, or no answer,
   *   leaves it unknown whether it did; but a defect (a TypeError and its like, which no `fetch` threw) is ours, and
   *   makes a dead letter at once.
   */
  send(message: OutgoingMessage, context: SendContext): Promise<Receipt>;
}

export interface ChannelErrorOptions {
  message: string;
  cause?: unknown;
  /** Transient only: what the provider asked us to wait, in milliseconds. */
  retryAfterMs?: number;
  /**
   * Transient only: the provider is well and has no time now, as in "429 Too Many Requests" or "421 try again later":
   * the channel slows down, and no attempt is used up. Default: true if there is a `retryAfterMs`.
   */
  isThrottled?: boolean;
  /**
   * Whom it concerns: this recipient alone, or everything that goes through the channel. Left out: the endpoint that
   * answers for the address.
   */
  scope?: 'recipient' | 'provider';
  /** Permanent only: the recipient's address must not be used any more, and why. */
  suppress?: Suppression['reason'];
  /** What the provider said of the address; kept beside it. Default: the message. */
  suppressBecause?: string;
}

/** The provider did not take the message: for now (`transient`), or for good (`permanent`). */
export class ChannelError extends AppError {
  readonly code = 'channel_error';
  readonly kind: 'transient' | 'permanent';
  readonly retryAfterMs: number | undefined;
  readonly isThrottled: boolean;
  readonly scope: 'recipient' | 'provider' | undefined;
  readonly suppress: Suppression['reason'] | undefined;
  readonly suppressBecause: string;

  constructor(kind: ChannelError['kind'], options: ChannelErrorOptions) {
    const { message, cause, retryAfterMs, isThrottled, scope, suppress, suppressBecause = message } = options;
    const help =
      kind === 'transient'
        ? 'It may succeed later.'
        : 'Trying again will not help; see what the provider says.';
    super({ message, help, cause });
    this.kind = kind;
    this.retryAfterMs = retryAfterMs;
    this.isThrottled = kind === 'transient' && (isThrottled ?? retryAfterMs !== undefined);
    this.scope = scope;
    this.suppress = kind === 'permanent' ? suppress : undefined;
    this.suppressBecause = suppressBecause;
  }
}
