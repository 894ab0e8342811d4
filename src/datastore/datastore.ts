import type { LineItemStatus, Message, Money, OrderStatus } from '../events/index.ts';
import type { ConsumptionStore } from './consumption-records.ts';
import type {
  Customer,
  DeliveryFailure,
  DeliveryRecord,
  DeliveryStatus,
  NotificationRecord,
  Order,
  Payment,
  Product,
  Recipient,
  Suppression,
  VerdictRecord,
} from './records.ts';

/** Every method that takes many ids answers in their order, with undefined for what it does not know. */
export interface CustomerStore {
  insert(customer: Customer): Promise<void>;
  find(id: string): Promise<Customer | undefined>;
  recipients(ids: readonly string[]): Promise<readonly (Recipient | undefined)[]>;
}

export interface ProductStore {
  insert(product: Product): Promise<void>;
  find(id: string): Promise<Product | undefined>;
  findMany(ids: readonly string[]): Promise<readonly (Product | undefined)[]>;
  setPrice(id: string, price: Money): Promise<void>;
}

export interface CartPage {
  readonly afterCustomerId: string;
  readonly limit: number;
  /** The id of an event. Left out: now. */
  readonly atEvent?: string;
}

export interface CartStore {
  /** Adds to the quantity when the product is in the cart already. */
  add(item: { customerId: string; productId: string; quantity: number }): Promise<void>;
  /**
   * Takes them out at `atMs`, milliseconds since the epoch. Who had them until then is known for a week.
   */
  remove(customerId: string, productIds: readonly string[], atMs: number): Promise<void>;
  has(customerId: string, productId: string): Promise<boolean>;
  /** The same for many at once, in their order. */
  hasMany(items: readonly { customerId: string; productId: string }[]): Promise<readonly boolean[]>;
  /**
   * The ids of those who had the product in the cart when an event happened, by its place in the event log, however
   * much later that is asked; of those who have it now, where no event is named, or the log does not hold it. In
   * order, at most `limit`, beginning behind `afterCustomerId`: read page by page, any number of carts takes the
   * memory of one page.
   */
  customersWith(productId: string, page: CartPage): Promise<readonly string[]>;
}

export interface OrderStore {
  insert(order: Order): Promise<void>;
  find(id: string): Promise<Order | undefined>;
  statuses(ids: readonly string[]): Promise<readonly (OrderStatus | undefined)[]>;
  setStatus(id: string, status: OrderStatus): Promise<void>;
  setLineItem(
    orderId: string,
    item: { id: string; status: LineItemStatus; trackingNumber: string | null },
  ): Promise<void>;
  setLineItemStatuses(orderId: string, from: LineItemStatus, to: LineItemStatus): Promise<void>;
}

export interface PaymentStore {
  insert(payment: Payment): Promise<void>;
  find(id: string): Promise<Payment | undefined>;
}

/** What was published, in order, for ever. */
export interface EventLog {
  /** Appends those that it does not hold yet. */
  append(messages: readonly Message[]): Promise<void>;
  find(id: string): Promise<Message | undefined>;
  /** All about one entity, oldest first. */
  about(subject: string): Promise<readonly Message[]>;
  /**
   * For each of these messages, whether one of `type` about the same entity stands behind it. No for one that the
   * log does not hold.
   */
  areFollowedBy(type: string, ids: readonly string[]): Promise<readonly boolean[]>;
}

/** How far the parts of an order have come: one row a line item, so that no order of arrival matters. */
export interface ShipmentProgressStore {
  /** Notes the statuses; one that is further along stands. */
  advance(
    orderId: string,
    items: readonly { lineItemId: string; status: LineItemStatus }[],
    atMs: number,
  ): Promise<void>;
  /** Whether anything is noted of the order. */
  knows(orderId: string): Promise<boolean>;
  /** Whether everything of the order that was not cancelled has shipped, and something has. */
  isComplete(orderId: string): Promise<boolean>;
  forget(orderId: string): Promise<void>;
  /** Drops orders of which nothing was heard since; says how many line items that were. */
  forgetBefore(atMs: number): Promise<number>;
}

/** Addresses that must not be used any more, whatever their spelling: see {@link mailboxOf}. */
export interface SuppressionStore {
  /** Says whether it was new; the first reason for an address stands. */
  add(suppression: Suppression): Promise<boolean>;
  /** Says whether it was there. */
  remove(address: string): Promise<boolean>;
  /** In the order of the normal forms of their addresses, those after that of `after`; at most `limit`. */
  list(options: { after?: string; limit: number }): Promise<readonly Suppression[]>;
}

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

/** Every delivery that was ever requested, and its end. */
export interface Ledger {
  /**
   * Enters notifications with their deliveries, all or none. Each delivery begins as pending: in somebody's
   * hand, or due at its `dueAtMs`.
   * @returns for each entry the deliveries that were there before, as they stand; those are left alone.
   */
  open(entries: readonly LedgerEntry[]): Promise<readonly (readonly DeliveryRecord[])[]>;
  /**
   * Writes what became of pending deliveries, adds the verdicts that ended none, and notes what went wrong;
   * of several failures of one delivery the first time and the latest error are kept. All or none.
   */
  record(
    deliveries: readonly DeliveryRecord[],
    verdicts: readonly VerdictRecord[],
    failures?: readonly DeliveryFailure[],
  ): Promise<void>;
  /**
   * Takes deferred deliveries of one channel whose time has come, the longest waiting first. They are in the
   * caller's hand from then on: nobody else is given them, and they have no due time until one is recorded.
   */
  takeDue(channel: string, nowMs: number, limit: number): Promise<readonly LedgerLine[]>;
  /** When the next deferred delivery of the channel is due. */
  nextDueMs(channel: string): Promise<number | undefined>;
  /** The channels on which anything is deferred. */
  waitingChannels(): Promise<readonly string[]>;
  /** Deliveries that were entered and neither ended nor deferred: somebody has them in hand, or died with them. */
  interrupted(limit: number): Promise<readonly LedgerLine[]>;
  /**
   * Makes all of these due now, with the verdict `outcome_unknown`: whether they were sent is not known. For
   * the beginning, when nobody has anything in hand.
   * @returns how many there were.
   */
  resumeInterrupted(nowMs: number): Promise<number>;
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

/** Deliveries of one channel that stand alike. Times are milliseconds since the epoch. */
export interface DeliveryGroup {
  readonly channel: string;
  readonly status: DeliveryStatus;
  readonly reason: string | null;
  /** Of their latest failed attempt; null when none is on record. */
  readonly errorCode: string | null;
  readonly count: number;
  /** How often a provider was asked, all together and before a re-drive too: it only climbs. */
  readonly attempts: number;
  /** For how many of them a provider was asked at all. */
  readonly asked: number;
  /** How many are deferred, and when the first of these is due. */
  readonly waiting: number;
  readonly nextDueAtMs: number | null;
  /** When one of them last failed: a dead letter when it was given up, any other at its latest failed attempt. */
  readonly lastFailedAtMs: number | null;
}

/** From the request to the provider's yes, over what was sent: nearest-rank percentiles, exact. */
export interface DeliveryTimes {
  /** Null: all channels together. */
  readonly channel: string | null;
  /** How many were sent; never 0. */
  readonly count: number;
  readonly minMs: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
  readonly totalMs: number;
}

export interface DeliveryStatistics {
  /** In the order of their channels. */
  readonly groups: readonly DeliveryGroup[];
  /** Of every channel on which something was sent; none when nothing was. */
  readonly times: readonly DeliveryTimes[];
}

/** A channel on which nothing has got through for a while. */
export interface Outage {
  readonly channel: string;
  /** Attempts that failed since the provider's last yes, of deliveries that have not been sent. */
  readonly failures: number;
}

/** How much of the log a subscriber has before it, whether it runs or not. */
export interface SubscriberBacklog {
  readonly subscriber: string;
  /** How many messages of each type it has not come to yet; which types it has a use for, it alone knows. */
  readonly unseen: Readonly<Record<string, number>>;
  /** Messages that it failed to handle, and is to be given again. */
  readonly retries: number;
}

/**
 * Figures over whole tables, reckoned in the database. They read all of them, and the process does nothing
 * else meanwhile: 2 to 5 seconds for a million deliveries, at the memory of one.
 */
export interface Statistics {
  /** All deliveries, counted and timed at one moment: each is in exactly one group. */
  deliveries(): Promise<DeliveryStatistics>;
  /** Of channels whose provider was unavailable since its last yes; a refusal for good is an answer too. */
  outages(): Promise<readonly Outage[]>;
  /** Of every subscriber that the datastore knows, by name. */
  backlog(): Promise<readonly SubscriberBacklog[]>;
  /** When the latest of all that is on record happened: milliseconds since the epoch. Undefined: nothing is. */
  latestMs(): Promise<number | undefined>;
}

/** The shop's memory by subject. Each store is a table or a few; the ledger's and the bus's join those of others. */
export interface Stores {
  readonly customers: CustomerStore;
  readonly products: ProductStore;
  readonly carts: CartStore;
  readonly orders: OrderStore;
  readonly payments: PaymentStore;
  readonly eventLog: EventLog;
  readonly consumption: ConsumptionStore;
  readonly shipmentProgress: ShipmentProgressStore;
  readonly suppressions: SuppressionStore;
  readonly ledger: Ledger;
}

export interface Datastore extends Stores {
  readonly statistics: Statistics;
  /** Whether nothing was ever stored here. */
  isEmpty(): Promise<boolean>;
  /**
   * Runs `work` on stores of one transaction: all of it is kept, or, when it throws, nothing. Anything
   * else that is asked meanwhile waits.
   */
  transaction<T>(work: (stores: Stores) => Promise<T>): Promise<T>;
  /**
   * Makes the caller the only one who consumes from here, in any process, until the function that it is
   * given is called, the datastore is closed, or the process ends in any way. Memory is its own world.
   * @throws {AlreadyConsumedError} when somebody does already.
   */
  claimConsumption(): Promise<() => void>;
  close(): Promise<void>;
}
