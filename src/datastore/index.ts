/**
 * Everything that outlives a process, in one file or in memory.
 *
 * @example
 * ```ts
 * import { openDatastore } from './src/datastore/index.ts';
 *
 * const datastore = openDatastore();
 * await datastore.transaction(async ({ products }) => {
 *   await products.insert({ id: 'helmet', name: 'Summit Helmet', price: { amount: 7900, currency: 'USD' } });
 * });
 * console.log((await datastore.products.find('helmet'))?.name);
 * await datastore.close();
 * ```
 */
export {
  type Checkpoint,
  type ConsumptionBatch,
  type ConsumptionStore,
  type DeadMessage,
  type DueRetry,
  type KeptDeadMessage,
  type LoggedMessage,
  type LogStretch,
  type MessageRetry,
  type MessageTimer,
  nothingConsumed,
  type StateChange,
  type SubscriberProgress,
  type TimerChange,
} from './consumption-records.ts';
export type { CartStore, Datastore, EventLog, OrderStore, Stores } from './datastore.ts';
export { AlreadyConsumedError, DatastoreUnavailableError, LeaseLostError } from './errors.ts';
export type { KeptAnswer } from './idempotency-contract.ts';
export type {
  DeadDelivery,
  DeliveryKey,
  Ledger,
  LedgerCounts,
  LedgerEntry,
  LedgerKey,
  LedgerLine,
} from './ledger-contract.ts';
export { mailboxOf } from './mailbox.ts';
export { openDatastore } from './open.ts';
export { isServer, namesBeside, openDatastoreAt, shownPlace } from './open-at.ts';
export type { ProjectionBuild } from './projection-records.ts';
export type { JoinedReceipt, ProviderMessage, SentDelivery } from './receipts-contract.ts';
export {
  type Customer,
  type DeliveryFailure,
  type DeliveryReceipt,
  type DeliveryRecord,
  type DeliveryStatus,
  type LineItem,
  type NotificationRecord,
  type Order,
  type Payment,
  type Product,
  type Promotion,
  type QuietHours,
  type ReceiptStatus,
  type Recipient,
  receiptStatuses,
  type Suppression,
  suppressionReasons,
  type VerdictRecord,
} from './records.ts';
export { beginScratch, dropScratch, endScratch, makeScratch } from './scratch.ts';
export type { ScratchRun } from './scratch-run.ts';
export type {
  AttemptCount,
  DeadMessages,
  DeliveryGroup,
  DeliveryStatistics,
  DeliveryTimes,
  LastWords,
  Load,
  OldestPending,
  Outage,
  SlotCount,
  SubscriberBacklog,
} from './statistics-contract.ts';
export type { Access } from './usable-file.ts';
export { WorkLease } from './work-lease.ts';
