import type { LineItemStatus, Message, Money, OrderStatus } from '../events/index.ts';
import type {
  Customer,
  DeliveryRecord,
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

export interface CartStore {
  /** Adds to the quantity when the product is in the cart already. */
  add(item: { customerId: string; productId: string; quantity: number }): Promise<void>;
  remove(customerId: string, productIds: readonly string[]): Promise<void>;
  has(customerId: string, productId: string): Promise<boolean>;
  /**
   * The ids of those who have the product in the cart, in order, at most `limit`, beginning behind
   * `afterCustomerId`: read page by page, any number of carts takes the memory of one page.
   */
  customersWith(
    productId: string,
    page: { afterCustomerId: string; limit: number },
  ): Promise<readonly string[]>;
}

export interface OrderStore {
  insert(order: Order): Promise<void>;
  find(id: string): Promise<Order | undefined>;
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

export interface SuppressionStore {
  add(suppression: Suppression): Promise<void>;
  remove(address: string): Promise<void>;
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
   * Enters notifications with their deliveries, all or none. Each delivery begins as pending.
   * @returns for each entry the deliveries that were there before, as they stand; those are left alone.
   */
  open(entries: readonly LedgerEntry[]): Promise<readonly (readonly DeliveryRecord[])[]>;
  /** Writes what became of pending deliveries, and adds the verdicts that ended none. All or none. */
  record(deliveries: readonly DeliveryRecord[], verdicts: readonly VerdictRecord[]): Promise<void>;
  /** Deferred deliveries whose time has come, the longest waiting first. */
  due(nowMs: number, limit: number): Promise<readonly LedgerLine[]>;
  /** When the next deferred delivery is due. */
  nextDueMs(): Promise<number | undefined>;
  /** Deliveries that were entered and neither ended nor deferred: their process died. */
  interrupted(limit: number): Promise<readonly LedgerLine[]>;
  counts(): Promise<LedgerCounts>;
  /** All deliveries, in the order of their request; `limit` notifications a page. */
  pages(limit: number): AsyncIterable<readonly LedgerLine[]>;
  /** Entries by the id of a notification, its cause, its subject or its customer, oldest first. */
  find(by: LedgerKey, value: string): Promise<readonly LedgerEntry[]>;
  verdicts(notificationIds: readonly string[]): Promise<readonly VerdictRecord[]>;
}

export type LedgerKey = 'id' | 'causeId' | 'subject' | 'customerId';

/** The shop's memory by subject. Each store is one table or two; nothing else reads or writes them. */
export interface Stores {
  readonly customers: CustomerStore;
  readonly products: ProductStore;
  readonly carts: CartStore;
  readonly orders: OrderStore;
  readonly payments: PaymentStore;
  readonly eventLog: EventLog;
  readonly shipmentProgress: ShipmentProgressStore;
  readonly suppressions: SuppressionStore;
  readonly ledger: Ledger;
}

export interface Datastore extends Stores {
  /** Whether nothing was ever stored here. */
  isEmpty(): Promise<boolean>;
  /**
   * Runs `work` on stores of one transaction: all of it is kept, or, when it throws, nothing. Anything
   * else that is asked meanwhile waits.
   */
  transaction<T>(work: (stores: Stores) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}
