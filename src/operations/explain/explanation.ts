import type { DeliveryStatus, ReceiptStatus } from '../../datastore/index.ts';

/** What an id turned out to be. */
export type IdKind =
  | 'event'
  | 'delivery'
  | 'notification'
  | 'customer'
  | 'order'
  | 'product'
  | 'payment'
  | 'promotion';

/** Why somebody was, or was not, notified. Times are ISO 8601, UTC. */
export interface Explanation {
  readonly kind: IdKind;
  readonly id: string;
  /** Set when the question was about one customer only. */
  readonly customerId: string | null;
  /** Oldest first. */
  readonly causes: readonly Cause[];
  /** How much there is that the limit left out: earlier causes, or a customer's earlier notifications. */
  readonly omitted: number;
  /** The stores that had to be asked, measured. */
  readonly askedStores: readonly string[];
}

/** An event, and what it led to. */
export interface Cause {
  readonly eventId: string;
  /** When it happened. */
  readonly time: string;
  /** Null when the event log does not hold it: it came from outside the shop. */
  readonly event: { readonly type: string; readonly change: string } | null;
  readonly notifications: readonly NotificationExplanation[];
  /** How many more notifications there are. */
  readonly omitted: number;
  /** Why there is no notification, or none to the customer who was asked about. */
  readonly silence: Silence | null;
}

export interface Silence {
  readonly words: string;
  /** Null where no rule stands behind it. */
  readonly reason: 'not_in_cart' | 'segment_not_eligible' | null;
  /** Completes "would have been a candidate if …". */
  readonly remedy: string | null;
}

export interface NotificationExplanation {
  readonly id: string;
  readonly type: string;
  readonly customerId: string;
  readonly deliveries: readonly DeliveryExplanation[];
}

export interface DeliveryExplanation {
  readonly id: string;
  readonly channel: string;
  readonly status: DeliveryStatus;
  /** In the order in which they were given. */
  readonly verdicts: readonly Verdict[];
  /** What the provider calls the message. */
  readonly receipt: string | null;
  /** What it has reported of it since, in the order in which that came. */
  readonly reports: readonly ReceiptExplanation[];
}

export interface ReceiptExplanation {
  /** When it came. */
  readonly at: string;
  readonly status: ReceiptStatus;
  readonly words: string;
  /** When it happened, by the provider's clock; null where it does not say. */
  readonly providerAt: string | null;
  /** The provider's code. */
  readonly code: string | null;
  /** What it was taken for. */
  readonly meaning: string | null;
}

export interface Verdict {
  readonly at: string;
  readonly reason: string;
  readonly words: string;
  /** Until when the delivery waits, or waited. */
  readonly until: string | null;
  /** Completes "would have been sent if …", or for a deferral "would have been sent at once if …". */
  readonly remedy: string | null;
}
