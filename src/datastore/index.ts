export type { Checkpoint, CommittedGroup, ConsumptionGroup, ConsumptionStore, DeadMessage, DueRetry, KeptDeadMessage, LoggedMessage, LogStretch, MessageRetry, SubscriberProgress } from './consumption-records.ts';
export type { CartStore, CustomerStore, Datastore, DeadDelivery, DeadLetterPage, DeliveryGroup, DeliveryKey, DeliveryStatistics, DeliveryTimes, EventLog, Ledger, LedgerCounts, LedgerEntry, LedgerKey, LedgerLine, OrderStore, PaymentStore, ProductStore, ShipmentProgressStore, Statistics, Stores, SubscriberBacklog, SuppressionStore } from './datastore.ts';
export { AlreadyConsumedError, DatastoreUnavailableError } from './errors.ts';
export { openDatastore } from './open.ts';
export { type Customer, type DeliveryFailure, type DeliveryRecord, type DeliveryStatus, type LineItem, type NotificationRecord, type Order, type Payment, type Preferences, type Product, type QuietHours, type Recipient, type Segment, type Suppression, segments, type VerdictRecord } from './records.ts';
