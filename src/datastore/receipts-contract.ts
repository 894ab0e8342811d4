import type { DeliveryReceipt } from './records.ts';

/** What a provider calls one of its messages. */
export type ProviderMessage = Pick<DeliveryReceipt, 'channel' | 'providerMessageId'>;

/** The delivery that a message of a provider was. */
export interface SentDelivery {
  readonly notificationId: string;
  readonly channel: string;
  readonly customerId: string;
}

/** A receipt, and the delivery that it is about. */
export interface JoinedReceipt extends SentDelivery {
  readonly receipt: DeliveryReceipt;
}

/**
 * The part of the ledger that holds what providers report behind their yes. It changes no delivery: `sent` stays `sent`.
 * A provider may report before the ledger says that the message was sent; such a receipt is kept, and joined later.
 */
export interface ReceiptLedger {
  /**
   * Keeps receipts, joined to no delivery yet. One is there already when message, status and recipient are the same; the
   * first stands.
   * @returns for each, in order, whether it was new.
   */
  addReceipts(receipts: readonly DeliveryReceipt[]): Promise<readonly boolean[]>;
  /**
   * Joins the receipts of these messages, or of any, to the deliveries that were sent under their ids; of several, to the
   * one that was sent last. One that is joined stays with its delivery.
   * @returns those that are joined by this; at most 500 where no messages are named.
   */
  joinReceipts(messages?: readonly ProviderMessage[]): Promise<readonly JoinedReceipt[]>;
  /** Whether any receipt is joined to no delivery. */
  hasEarlyReceipts(): Promise<boolean>;
  /** Drops receipts that came before then and belong to no delivery; at most `limit`. Says how many. */
  forgetEarlyReceipts(beforeMs: number, limit: number): Promise<number>;
  /** The deliveries that these messages were, in their order; undefined for what was not sent. */
  sentAs(messages: readonly ProviderMessage[]): Promise<readonly (SentDelivery | undefined)[]>;
  /** Of these notifications, in the order in which they came. */
  receipts(notificationIds: readonly string[]): Promise<readonly JoinedReceipt[]>;
}
