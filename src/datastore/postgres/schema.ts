/** In the order of its code points, as SQLite has it, whatever the database's own order is. */
const text = 'text collate "C"';

/**
 * Whether a program that is at work has to leave the tables to newer ones. A step takes nothing away that the version before it needs,
 * so that old and new work side by side while one replaces the other; what two steps do, the older does not know.
 */
export const isTooNew = (version: number): boolean => version > migrations.length + 1;

/**
 * The schema's history: entry n brings a database from version n to n + 1. Entries are never edited once released; a
 * change is a new entry. The tables are those of SQLite, whose migrations say what they hold.
 */
export const migrations: readonly string[] = [
  `
  create table customer (
    id ${text} primary key, name ${text} not null, email ${text} not null, phone ${text}, addresses ${text} not null,
    segment ${text} not null, locale ${text} not null, time_zone ${text} not null, preferences ${text} not null,
    quiet_start ${text}, quiet_end ${text}, erased_at bigint
  );
  -- Which transaction has erased something: until nobody looks at what was before it, its bytes cannot go.
  create table purge_due (since bigint not null, by xid8 not null default pg_current_xact_id());
  create table product (id ${text} primary key, name ${text} not null, price_amount bigint not null, currency ${text} not null);
  create table promotion (
    id ${text} primary key, name ${text} not null, code ${text} not null, discount_percent bigint not null,
    segments ${text} not null
  );
  create table cart_item (
    product_id ${text} not null, customer_id ${text} not null, quantity bigint not null, added_after bigint not null,
    primary key (product_id, customer_id)
  );
  create table cart_item_before (
    product_id ${text} not null, removed_after bigint not null, customer_id ${text} not null, added_after bigint not null,
    removed_at bigint not null,
    primary key (product_id, removed_after, customer_id)
  );
  create index cart_item_before_by_age on cart_item_before (removed_at);
  create table shop_order (id ${text} primary key, customer_id ${text} not null, status ${text} not null);
  create table line_item (
    order_id ${text} not null, id ${text} not null, position bigint not null, product_id ${text} not null,
    quantity bigint not null, unit_amount bigint not null, currency ${text} not null, status ${text} not null,
    tracking_number ${text},
    primary key (order_id, id)
  );
  create table payment (
    id ${text} primary key, order_id ${text} not null, amount bigint not null, currency ${text} not null, status ${text} not null
  );

  create table event_log (
    position bigint generated always as identity primary key,
    id ${text} not null unique, type ${text} not null, source ${text} not null, subject ${text} not null, time ${text} not null,
    correlation_id ${text} not null, causation_id ${text} not null, schema_version bigint not null, data ${text} not null
  );
  create index event_log_by_subject on event_log (subject, position);

  -- Positions are given at the insert and seen at the commit. Without the lock a reader who has seen 2 would never come
  -- back for 1, whose transaction took longer.
  create function one_pen() returns trigger language plpgsql as $$ begin
    perform pg_advisory_xact_lock(hashtext('notification_architectures.pen'));
    return null;
  end $$;
  create trigger positions_in_order_of_commits before insert on event_log
    for each statement execute function one_pen();

  create table shipment_progress (
    order_id ${text} not null, line_item_id ${text} not null, rank bigint not null, heard_at bigint not null,
    primary key (order_id, line_item_id)
  );
  create index shipment_progress_by_age on shipment_progress (heard_at);
  create table suppression (
    mailbox ${text} primary key, address ${text} not null, reason ${text} not null, since bigint not null, channel ${text},
    source ${text}, detail ${text}
  );

  create table notification (
    seq bigint generated always as identity primary key,
    id ${text} not null unique, type ${text} not null, customer_id ${text} not null, subject ${text} not null,
    cause_id ${text} not null, correlation_id ${text} not null, occurred_at bigint not null, requested_at bigint not null,
    variables ${text} not null
  );
  create table delivery (
    notification_id ${text} not null, channel ${text} not null, status ${text} not null, reason ${text}, due_at bigint,
    request_seq bigint, settled_at bigint, attempts bigint not null, attempts_before bigint not null default 0,
    receipt ${text},
    primary key (notification_id, channel)
  );
  create index delivery_by_due on delivery (channel, due_at, request_seq) where due_at is not null;
  create index delivery_in_hand on delivery (notification_id) where status = 'pending' and due_at is null;
  create index delivery_dead on delivery (settled_at) where status = 'dead_lettered';
  create index delivery_by_receipt on delivery (receipt) where receipt is not null;
  create table verdict (
    seq bigint generated always as identity primary key,
    notification_id ${text} not null, channel ${text} not null, at bigint not null, reason ${text} not null, until bigint
  );
  create index verdict_by_notification on verdict (notification_id);
  create table delivery_failure (
    notification_id ${text} not null, channel ${text} not null, error_code ${text} not null, error_message ${text} not null,
    first_failed_at bigint not null, last_failed_at bigint not null,
    primary key (notification_id, channel)
  );
  create table delivery_receipt (
    channel ${text} not null, provider_id ${text} not null, status ${text} not null, recipient ${text} not null,
    notification_id ${text}, at bigint, taken_at bigint not null, code ${text}, meaning ${text}, suppress ${text}, detail ${text},
    primary key (channel, provider_id, status, recipient)
  );
  create index delivery_receipt_by_notification on delivery_receipt (notification_id)
    where notification_id is not null;
  create index delivery_receipt_early on delivery_receipt (taken_at) where notification_id is null;

  create table subscription (name ${text} primary key, position bigint not null);
  create table handled_ahead (
    subscriber ${text} not null, position bigint not null, primary key (subscriber, position)
  );
  create table message_retry (
    subscriber ${text} not null, position bigint not null, attempts bigint not null, due_at bigint not null,
    first_failed_at bigint not null,
    primary key (subscriber, position)
  );
  create index message_retry_by_due on message_retry (subscriber, due_at, position);
  create table dead_message (
    id bigint generated always as identity primary key,
    subscriber ${text}, position bigint, message_id ${text} not null, message_type ${text} not null, message ${text} not null,
    error_name ${text} not null, error_code ${text}, error_message ${text} not null, attempts bigint not null,
    first_failed_at bigint not null, last_failed_at bigint not null
  );
  create table subscriber_state (
    subscriber ${text} not null, key ${text} not null, version bigint not null, value ${text} not null,
    primary key (subscriber, key)
  );
  create table message_timer (
    subscriber ${text} not null, key ${text} not null, due_at bigint not null, message_id ${text} not null,
    message ${text} not null,
    primary key (subscriber, key)
  );
  create index message_timer_by_due on message_timer (due_at, message_id);

  create table projection_build (
    id bigint generated always as identity primary key,
    name ${text} not null, version bigint not null, position bigint not null, is_live bigint not null, failed_at bigint,
    failure ${text}
  );
  create index projection_build_by_name on projection_build (name);
  create table projection_row (build bigint not null, key ${text} not null, value ${text} not null, primary key (build, key));

  create table idempotency_key (
    key ${text} primary key, fingerprint ${text} not null, begun_at bigint not null, status bigint, media_type ${text},
    body ${text}
  );
  create index idempotency_key_by_age on idempotency_key (begun_at);

  -- The session of its holder: once that has ended, whoever had it is gone, whatever the times say.
  create table lease (
    token bigint generated always as identity primary key,
    until bigint not null,
    backend integer not null,
    backend_since timestamptz not null,
    runs_out timestamptz not null
  );
  `,
];
