import type { ReceiptLedger } from './receipts-contract.ts';
import type { DeliveryFailure, DeliveryRecord, NotificationRecord, VerdictRecord } from './records.ts';

/** A notification with its deliveries, as the ledger keeps them. */
export interface LedgerEntry {
  readonly notification: NotificationRecord;
  readonly deliveries: readonly DeliveryRecord[];
}

/** One delivery with its notification. */
export interface LedgerLine {
  readonly notification: NotificationRecord;
  readonly delivery: DeliveryRecord;
}

/** One of the deliveries of a notification. */
export type DeliveryKey = Pick<DeliveryRecord, 'notificationId' | 'channel'>;

/** A delivery that will not be tried again without a person. */
export interface DeadDelivery extends LedgerLine {
  /** Null when it was buried before failures were kept. */
  readonly failure: DeliveryFailure | null;
}

export interface DeadLetterPage {
  readonly limit: number;
  /** The last one of the page before. Left out: from the oldest on. */
  readonly after?: DeliveryRecord;
}

export interface LedgerCounts {
  readonly requested: number;
  readonly sent: number;
  readonly skipped: number;
  readonly deadLettered: number;
  readonly pending: number;
}

/**
 * Every delivery that was ever requested, its end, and what providers report behind it.
 *
 * A delivery that is pending without a due time is in the hand of whoever has the lease of the datastore. Who takes one in
 * hand, or writes what became of one, gives the token of the lease: once that is another's, each such method throws a
 * {@link LeaseLostError}, and nothing is changed. Left out, nobody's lease is asked for: for what is in nobody's hand.
 */
export interface Ledger extends ReceiptLedger {
  /**
   * Enters notifications with their deliveries, all or none. Each delivery begins as pending: in somebody's
   * hand, or due at its `dueAtMs`.
   * @returns for each entry the deliveries that were there before, as they stand; those are left alone.
   */
  open(entries: readonly LedgerEntry[], token?: number): Promise<readonly (readonly DeliveryRecord[])[]>;
  /**
   * Writes what became of pending deliveries, adds the verdicts that ended none, and notes what went wrong;
   * of several failures of one delivery the first time and the latest error are kept. All or none.
   */
  record(
    deliveries: readonly DeliveryRecord[],
    verdicts: readonly VerdictRecord[],
    failures?: readonly DeliveryFailure[],
    token?: number,
  ): Promise<void>;
  /**
   * Takes deferred deliveries of one channel whose time has come, the longest waiting first. They are in the
   * caller's hand from then on: nobody else is given them, and they have no due time until one is recorded.
   */
  takeDue(channel: string, nowMs: number, limit: number, token?: number): Promise<readonly LedgerLine[]>;
  /** When the next deferred delivery of the channel is due. */
  nextDueMs(channel: string): Promise<number | undefined>;
  /** The channels on which anything is deferred, in order, and when the next of each is due. */
  waitingChannels(): Promise<readonly { readonly channel: string; readonly dueAtMs: number }[]>;
  /**
   * Deliveries that were entered and neither ended nor deferred: in hand. To who has just taken the lease they are
   * orphaned: whoever had them has it no more.
   */
  orphaned(limit: number): Promise<readonly LedgerLine[]>;
  /**
   * Makes all of these due now, with the verdict `outcome_unknown`: whether they were sent is not known. For
   * the beginning of a lease, whose holder has nothing in hand yet.
   * @returns how many there were.
   */
  resumeOrphaned(nowMs: number, token?: number): Promise<number>;
  /**
   * Makes those of these due now that somebody was handed and that have neither ended nor been deferred. They were not
   * sent, so no verdict is passed on them.
   * @returns how many there were.
   */
  resumeLost(
    channel: string,
    notificationIds: readonly string[],
    nowMs: number,
    token?: number,
  ): Promise<number>;
  /** Deliveries that were given up, in the order in which they were. */
  deadLetters(page: DeadLetterPage): Promise<readonly DeadDelivery[]>;
  deadLetter(key: DeliveryKey): Promise<DeadDelivery | undefined>;
  /**
   * Makes a dead letter pending again, due now and with all its attempts again; what it died of joins its
   * verdicts. Its id stays.
   * @returns the delivery as it stands now; undefined, and nothing changed, when it is no dead letter.
   */
  redrive(key: DeliveryKey, nowMs: number): Promise<LedgerLine | undefined>;
  /** Ends a dead letter as skipped; what it died of joins its verdicts. Undefined when it is none. */
  discard(key: DeliveryKey, nowMs: number): Promise<LedgerLine | undefined>;
  counts(): Promise<LedgerCounts>;
  /** All deliveries, in the order of their request; `limit` notifications a page. */
  pages(limit: number): AsyncIterable<readonly LedgerLine[]>;
  /** Entries by the id of a notification, its cause, its subject or its customer, oldest first. */
  find(by: LedgerKey, value: string): Promise<readonly LedgerEntry[]>;
  verdicts(notificationIds: readonly string[]): Promise<readonly VerdictRecord[]>;
}

export type LedgerKey = 'id' | 'causeId' | 'subject' | 'customerId';
