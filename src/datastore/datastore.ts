import type { LineItemStatus, Message, Money, OrderStatus } from '../events/index.ts';
import type { ConsumptionStore } from './consumption-records.ts';
import type { IdempotencyStore } from './idempotency-contract.ts';
import type { LeaseStore } from './lease-contract.ts';
import type { Ledger } from './ledger-contract.ts';
import type { ProjectionStore } from './projection-records.ts';
import type {
  Customer,
  Order,
  Payment,
  Product,
  Promotion,
  Recipient,
  Segment,
  Suppression,
} from './records.ts';
import type { Statistics } from './statistics-contract.ts';

/** Customers in the order of their ids, a page of them, as they were when an event happened. */
export interface CustomerPage {
  readonly afterCustomerId: string;
  readonly limit: number;
  /** The id of an event. Left out: now. */
  readonly atEvent?: string;
}

/** Every method that takes many ids answers in their order, with undefined for what it does not know. */
export interface CustomerStore {
  insert(customer: Customer): Promise<void>;
  find(id: string): Promise<Customer | undefined>;
  recipients(ids: readonly string[]): Promise<readonly (Recipient | undefined)[]>;
  /**
   * The ids of those in one of the segments who were registered when an event happened, by its place in the event log;
   * of all, where no event is named, or the log does not hold it. In order, at most `limit`, beginning behind
   * `afterCustomerId`. Not of those who were erased.
   */
  inSegments(segments: readonly Segment[], page: CustomerPage): Promise<readonly string[]>;
  /** In place of what was kept of this customer. */
  update(customer: Customer): Promise<void>;
  /**
   * Takes every word that would tell who this customer is out of every table: of the customer all but the id, of
   * events what stands under `profile`, what providers and errors said, addresses that are suppressed. The ledger
   * keeps its rows. Until {@link Datastore.purge} bytes of it may lie in the file.
   */
  erase(customerId: string, atMs: number): Promise<void>;
}

export interface ProductStore {
  insert(product: Product): Promise<void>;
  find(id: string): Promise<Product | undefined>;
  findMany(ids: readonly string[]): Promise<readonly (Product | undefined)[]>;
  setPrice(id: string, price: Money): Promise<void>;
}

export interface PromotionStore {
  insert(promotion: Promotion): Promise<void>;
  find(id: string): Promise<Promotion | undefined>;
}

export interface CartStore {
  /** Adds to the quantity when the product is in the cart already. */
  add(item: { customerId: string; productId: string; quantity: number }): Promise<void>;
  /**
   * Takes them out at `atMs`, milliseconds since the epoch, and says what was there. Who had them until then is known
   * for a week.
   */
  remove(
    customerId: string,
    productIds: readonly string[],
    atMs: number,
  ): Promise<readonly { readonly productId: string; readonly quantity: number }[]>;
  has(customerId: string, productId: string): Promise<boolean>;
  /** The same for many at once, in their order. */
  hasMany(items: readonly { customerId: string; productId: string }[]): Promise<readonly boolean[]>;
  /**
   * The ids of those who had the product in the cart when an event happened, by its place in the event log, however
   * much later that is asked; of those who have it now, where no event is named, or the log does not hold it. In
   * order, at most `limit`, beginning behind `afterCustomerId`: read page by page, any number of carts takes the
   * memory of one page.
   */
  customersWith(productId: string, page: CustomerPage): Promise<readonly string[]>;
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

/** The shop's memory by subject. Each store is a table or a few; the ledger's and the bus's join those of others. */
export interface Stores {
  readonly customers: CustomerStore;
  readonly products: ProductStore;
  readonly promotions: PromotionStore;
  readonly carts: CartStore;
  readonly orders: OrderStore;
  readonly payments: PaymentStore;
  readonly eventLog: EventLog;
  readonly consumption: ConsumptionStore;
  readonly shipmentProgress: ShipmentProgressStore;
  readonly suppressions: SuppressionStore;
  readonly projections: ProjectionStore;
  readonly ledger: Ledger;
}

export interface Datastore extends Stores {
  readonly statistics: Statistics;
  readonly idempotency: IdempotencyStore;
  readonly leases: LeaseStore;
  /** Writes all that is here to a new file, as of one moment. A server's is copied by its own programs, and says so. */
  copyTo(file: string): Promise<void>;
  /**
   * Asks whether it can be worked with now: that it answers, takes writes, and is as this program knows it.
   * @returns what whoever runs it should know, a sentence each: that what is committed may be lost.
   * @throws {DatastoreUnavailableError} it cannot.
   */
  check(): Promise<readonly string[]>;
  /** Whether nothing was ever stored here. */
  isEmpty(): Promise<boolean>;
  /**
   * Runs `work` on stores of one transaction: all of it is kept, or, when it throws, nothing. Anything
   * else that is asked meanwhile waits.
   */
  transaction<T>(work: (stores: Stores) => Promise<T>): Promise<T>;
  /**
   * Keeps other processes from consuming from here, until every function that it has given is called, the datastore is
   * closed, or the process ends in any way. Workers that share this datastore may all claim it; which of them consumes, its
   * lease says. Whoever had the lease of a file before the first claim is dead, and it is over. Memory is its own world.
   *
   * On a server other processes may consume too, and the lease says which does, unless one of them is there alone: one whose
   * clock is not that of the others.
   * @throws {AlreadyConsumedError} when another process does already.
   */
  claimConsumption(how?: { readonly isAlone?: boolean }): Promise<() => void>;
  /**
   * Writes the file anew where something was erased, so that no byte of it stays in unused parts. It takes as long as
   * the file is large. Says whether nothing is left: no, while other programs are at the file; then it is done when it
   * is asked again, or when the last one closes it. On a server it is what the tables hold that is
   * gone: its log, its replicas and its backups have it longer.
   */
  purge(): Promise<boolean>;
  close(): Promise<void>;
}
