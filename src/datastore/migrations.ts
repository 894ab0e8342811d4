import { erasureMigration } from './erasure-migration.ts';
import { foldSuppressions, type Migrating } from './fold-suppressions.ts';
import { idempotencyMigration } from './idempotency-migration.ts';
import { keptMigration } from './kept-migration.ts';
import { leaseMigration } from './lease-migration.ts';
import { projectionsMigration } from './projections-migration.ts';
import { promotionsMigration } from './promotions-migration.ts';
import { receiptsMigration } from './receipts-migration.ts';
import { translateMigration } from './translate-migration.ts';

/**
 * The schema's history: entry n brings a file from version n to n + 1, by SQL or by a function. Entries are never
 * edited once released; a change is a new entry.
 */
export const migrations: readonly (string | ((connection: Migrating) => void))[] = [
  `
  create table customer (
    id text primary key,
    name text not null,
    email text not null,
    phone text,
    addresses text not null,
    segment text not null,
    locale text not null,
    time_zone text not null,
    preferences text not null,
    quiet_start text,
    quiet_end text
  ) without rowid;

  create table product (
    id text primary key,
    name text not null,
    price_amount integer not null,
    currency text not null
  ) without rowid;

  -- Product first: a price drop reads "who has it in the cart, in order, from here on".
  create table cart_item (
    product_id text not null,
    customer_id text not null,
    quantity integer not null,
    primary key (product_id, customer_id)
  ) without rowid;

  create table shop_order (
    id text primary key,
    customer_id text not null,
    status text not null
  ) without rowid;

  create table line_item (
    order_id text not null,
    id text not null,
    position integer not null,
    product_id text not null,
    quantity integer not null,
    unit_amount integer not null,
    currency text not null,
    status text not null,
    tracking_number text,
    primary key (order_id, id)
  ) without rowid;

  create table payment (
    id text primary key,
    order_id text not null,
    amount integer not null,
    currency text not null,
    status text not null
  ) without rowid;

  create table event_log (
    position integer primary key,
    id text not null unique,
    type text not null,
    source text not null,
    subject text not null,
    time text not null,
    correlation_id text not null,
    causation_id text not null,
    schema_version integer not null,
    data text not null
  );
  create index event_log_by_subject on event_log (subject);

  create table shipment_progress (
    order_id text not null,
    line_item_id text not null,
    rank integer not null,
    heard_at integer not null,
    primary key (order_id, line_item_id)
  ) without rowid;
  create index shipment_progress_by_age on shipment_progress (heard_at);

  create table suppression (
    address text primary key,
    reason text not null,
    since integer not null
  ) without rowid;

  -- seq is the order of the requests.
  create table notification (
    seq integer primary key,
    id text not null unique,
    type text not null,
    customer_id text not null,
    subject text not null,
    cause_id text not null,
    correlation_id text not null,
    occurred_at integer not null,
    requested_at integer not null,
    variables text not null
  );

  create table delivery (
    notification_id text not null,
    channel text not null,
    status text not null,
    reason text,
    due_at integer,
    settled_at integer,
    attempts integer not null,
    receipt text,
    primary key (notification_id, channel)
  ) without rowid;
  -- Only the deferred stand in it, so deliveries that go straight through do not pay for it.
  create index delivery_by_due on delivery (due_at) where due_at is not null;

  -- Verdicts that ended nothing. The one that ended a delivery is the delivery's own reason.
  create table verdict (
    notification_id text not null,
    channel text not null,
    at integer not null,
    reason text not null,
    until integer
  );
  create index verdict_by_notification on verdict (notification_id);
  `,
  `
  -- How far each subscriber of the durable bus is: up to here every message was handled, waits for a retry,
  -- or is dead.
  create table subscription (
    name text primary key,
    position integer not null
  ) without rowid;

  -- Handled before one that stands in front of it in the log; they go when the subscription has passed them.
  create table handled_ahead (
    subscriber text not null,
    position integer not null,
    primary key (subscriber, position)
  ) without rowid;

  create table message_retry (
    subscriber text not null,
    position integer not null,
    attempts integer not null,
    due_at integer not null,
    first_failed_at integer not null,
    primary key (subscriber, position)
  ) without rowid;
  create index message_retry_by_due on message_retry (subscriber, due_at);

  -- No subscriber: the message was refused before any. Then it stands in no log, and all that is left is here.
  -- People are told the ids, so none is ever given again.
  create table dead_message (
    id integer primary key autoincrement,
    subscriber text,
    position integer,
    message_id text not null,
    message_type text not null,
    message text not null,
    error_name text not null,
    error_code text,
    error_message text not null,
    attempts integer not null,
    first_failed_at integer not null,
    last_failed_at integer not null
  );

  -- By channel, so that one whose provider is down holds up no other.
  drop index delivery_by_due;
  create index delivery_by_due on delivery (channel, due_at) where due_at is not null;

  -- Only those that were given up stand in it, in the order in which they were.
  create index delivery_dead on delivery (settled_at) where status = 'dead_lettered';

  -- Of deliveries that a provider, or we ourselves, failed at least once.
  create table delivery_failure (
    notification_id text not null,
    channel text not null,
    error_code text not null,
    error_message text not null,
    first_failed_at integer not null,
    last_failed_at integer not null,
    primary key (notification_id, channel)
  ) without rowid;
  `,
  `
  -- Where the event log ended when it came into the cart, and when it left it: who had it at an event is asked later.
  alter table cart_item add column added_after integer not null default 0;

  -- By product and place in the log: few have taken it out since a price change that is being handled.
  create table cart_item_before (
    product_id text not null,
    removed_after integer not null,
    customer_id text not null,
    added_after integer not null,
    removed_at integer not null,
    primary key (product_id, removed_after, customer_id)
  ) without rowid;
  create index cart_item_before_by_age on cart_item_before (removed_at);
  `,
  `
  -- By the normal form of the address, so that another spelling of it is the same one.
  alter table suppression rename to suppression_as_given;
  create table suppression (
    mailbox text primary key,
    address text not null,
    reason text not null,
    since integer not null,
    channel text,
    source text,
    detail text
  ) without rowid;
  `,
  foldSuppressions,
  'drop table suppression_as_given',
  `
  -- Of those that wait, and of no other: that of their notification. What is due at the same time goes in the order
  -- in which it was asked for.
  alter table delivery add column request_seq integer;
  update delivery set request_seq = (select seq from notification where id = notification_id) where due_at is not null;
  drop index delivery_by_due;
  create index delivery_by_due on delivery (channel, due_at, request_seq) where due_at is not null;
  `,
  `
  -- Of the lives before a person re-drove it: what was asked of a provider stays counted.
  alter table delivery add column attempts_before integer not null default 0;
  `,
  receiptsMigration,
  projectionsMigration,
  erasureMigration,
  promotionsMigration,
  translateMigration,
  idempotencyMigration,
  keptMigration,
  leaseMigration,
];
