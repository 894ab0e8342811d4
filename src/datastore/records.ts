import type { LineItemStatus, Money, OrderStatus, segments } from '../events/index.ts';

export type Segment = (typeof segments)[number];

/** Category → channel → switched on. What is absent has its default, which is the policy's to know. */
export type Preferences = Readonly<Record<string, Readonly<Record<string, boolean>>>>;

/** Local times of day as `HH:mm`; a window whose start is after its end runs over midnight. */
export interface QuietHours {
  readonly start: string;
  readonly end: string;
}

export interface Customer {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly phone: string | null;
  /** Channel → address, for channels other than email and sms. */
  readonly addresses: Readonly<Record<string, string>>;
  readonly segment: Segment;
  /** BCP 47: `en-GB`. */
  readonly locale: string;
  /** IANA: `Europe/London`. */
  readonly timeZone: string;
  readonly preferences: Preferences;
  readonly quietHours: QuietHours | null;
  /** Since then only the id is left; all else is empty. Left out: never. */
  readonly erasedAtMs?: number;
}

/** A customer, and which of their addresses must not be used. */
export interface Recipient extends Customer {
  readonly suppressedAddresses: readonly string[];
}

export interface Product {
  readonly id: string;
  readonly name: string;
  readonly price: Money;
}

export interface Promotion {
  readonly id: string;
  readonly name: string;
  /** What a customer enters to get it. */
  readonly code: string;
  /** 1 to 100. */
  readonly discountPercent: number;
  /** Who gets it. */
  readonly segments: readonly Segment[];
}

export interface LineItem {
  readonly id: string;
  readonly productId: string;
  readonly quantity: number;
  /** Of one, when the order was placed. */
  readonly unitPrice: Money;
  readonly status: LineItemStatus;
  readonly trackingNumber: string | null;
}

export interface Order {
  readonly id: string;
  readonly customerId: string;
  readonly status: OrderStatus;
  readonly lineItems: readonly LineItem[];
}

export interface Payment {
  readonly id: string;
  readonly orderId: string;
  readonly amount: Money;
  readonly status: 'received' | 'failed';
}

export const suppressionReasons = ['bounced', 'blocked', 'unsubscribed'] as const;

/** An address that must not be used any more, and why. */
export interface Suppression {
  /** As somebody wrote it; every other spelling of it is suppressed too. */
  readonly address: string;
  readonly reason: (typeof suppressionReasons)[number];
  readonly sinceMs: number;
  /** On which channel it came up. */
  readonly channel?: string;
  /** Who said so. Left out: nobody knows any more. */
  readonly source?: 'provider' | 'operator';
  /** What they said. */
  readonly detail?: string;
}

export type DeliveryStatus = 'pending' | 'sent' | 'skipped' | 'dead_lettered';

/** One notification as the ledger keeps it: who is told what, and because of which event. */
export interface NotificationRecord {
  /** Derived from type, cause and customer. */
  readonly id: string;
  readonly type: string;
  readonly customerId: string;
  /** The id of the cause's entity: the customer, the order or the product. */
  readonly subject: string;
  /** The id of the event that led to it. */
  readonly causeId: string;
  readonly correlationId: string;
  /** When the cause happened. */
  readonly occurredAtMs: number;
  readonly requestedAtMs: number;
  /** What the templates need. */
  readonly variables: Readonly<Record<string, unknown>>;
}

/** One notification on one channel. */
export interface DeliveryRecord {
  readonly notificationId: string;
  readonly channel: string;
  readonly status: DeliveryStatus;
  /** The reason code of its last verdict; null while it has none. */
  readonly reason: string | null;
  /** When a deferred delivery is to be tried again. */
  readonly dueAtMs: number | null;
  /** When it reached its end. */
  readonly settledAtMs: number | null;
  /** How often a provider was asked. */
  readonly attempts: number;
  /**
   * What the provider calls the message: as it answered; or, of one that did not end as sent and may have reached it, as the
   * house named it.
   */
  readonly receipt: string | null;
}

/** A verdict that did not end the delivery: a deferral, or the refusal of a repetition. */
export interface VerdictRecord {
  readonly notificationId: string;
  readonly channel: string;
  readonly atMs: number;
  readonly reason: string;
  readonly untilMs: number | null;
}

/** What went wrong with a delivery at its latest failed attempt. It stays when a later attempt succeeds. */
export interface DeliveryFailure {
  readonly notificationId: string;
  readonly channel: string;
  /** The error's stable code. */
  readonly errorCode: string;
  readonly errorMessage: string;
  readonly firstFailedAtMs: number;
  readonly lastFailedAtMs: number;
}

/** Of several reports of one message the one that stands furthest behind counts, in whatever order they come. */
export const receiptStatuses = ['failed', 'delivered', 'bounced'] as const;
/**
 * - `delivered`: it has reached the recipient's phone, mailbox or server.
 * - `bounced`: the recipient's side has sent it back, or refuses it for good.
 * - `failed`: the provider has given it up for any other reason.
 */
export type ReceiptStatus = (typeof receiptStatuses)[number];

/** What a provider reports of a message after it has taken it. */
export interface DeliveryReceipt {
  readonly channel: string;
  /** As the channel's `send` answered. */
  readonly providerMessageId: string;
  readonly status: ReceiptStatus;
  /** Whom it is about, where the provider says so. */
  readonly recipient: string | null;
  /** When it happened, by the provider's clock, which may be anything. */
  readonly atMs: number | null;
  /** When it came, by ours. */
  readonly takenAtMs: number;
  /** The provider's code: `5.1.1`. */
  readonly code: string | null;
  /** What it was taken for, in a few words of our own. */
  readonly meaning: string | null;
  /** The address must not be used any more, and why. */
  readonly suppress: Suppression['reason'] | null;
  /** In the provider's words, which may quote addresses. */
  readonly detail: string | null;
}
