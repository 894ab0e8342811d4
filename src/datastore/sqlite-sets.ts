/**
 * The statements that only SQLite understands. Each takes one JSON array and reads or writes all its rows
 * at once: crossing into the database costs more than a row does. Another engine gets a file like this.
 */

export const selectCustomersSql = `
  select customer.* from json_each(?) as wanted join customer on customer.id = wanted.value`;

/**
 * Parameters: segments, afterCustomerId, position, limit. In the order of the ids, so that all the pages together walk
 * the table once. Who was registered behind that place in the log was not there yet.
 */
export const selectInSegmentsSql = `
  select id from customer
  where segment in (select value from json_each(?)) and id > ? and erased_at is null
    and not exists (
      select 1 from event_log as registered
      where registered.subject = customer.id and registered.type = 'CustomerRegistered' and registered.position > ?)
  order by id limit ?`;

/** Whether anything is suppressed, whether anything that begins with `+` or a digit, and whether any trace of one. */
export const anySuppressedSql = `
  select exists (select 1 from suppression) as found,
    exists (select 1 from suppression where mailbox >= '+' and mailbox < ':') as numbers,
    exists (select 1 from suppression where mailbox >= 'sha256:' and mailbox < 'sha256;') as traces`;

export const selectSuppressedSql = `
  select mailbox from suppression where mailbox in (select value from json_each(?))`;

export const selectProductsSql = `
  select product.* from json_each(?) as wanted join product on product.id = wanted.value`;

/** Parameters: productId, customerId, quantity. Its place is the end of the log, behind which its event comes. */
export const addToCartSql = `
  insert into cart_item (product_id, customer_id, quantity, added_after)
  values (?, ?, ?, (select coalesce(max(position), 0) from event_log))
  on conflict do update set quantity = quantity + excluded.quantity`;

/** Parameters: removedAt, customerId, productIds. What came and went between two events is of no interest. */
export const keepRemovedSql = `
  insert into cart_item_before (product_id, removed_after, customer_id, added_after, removed_at)
  select product_id, log.head, customer_id, added_after, ?
  from cart_item, (select coalesce(max(position), 0) as head from event_log) as log
  where customer_id = ? and product_id in (select value from json_each(?)) and added_after < log.head
  on conflict do nothing`;

/** Parameters: removedBefore, how many at most. */
export const forgetRemovedSql = `
  delete from cart_item_before where (product_id, removed_after, customer_id) in (
    select product_id, removed_after, customer_id from cart_item_before where removed_at < ? limit ?)`;

/** Parameters: productId, afterCustomerId, position; the same and position once more; limit. */
export const selectInCartAtSql = `
  select customer_id from cart_item
  where product_id = ? and customer_id > ? and added_after < ?
  union all
  select customer_id from cart_item_before
  where product_id = ? and customer_id > ? and added_after < ? and removed_after >= ?
  order by customer_id limit ?`;

/** Rows: productId, customerId. Answers with the places of those that are there. */
export const selectInCartSql = `
  select wanted.key as place from json_each(?) as wanted
  join cart_item on product_id = wanted.value ->> 0 and customer_id = wanted.value ->> 1`;

export const selectOrderStatusesSql = `
  select id, status from shop_order where id in (select value from json_each(?))`;

/** Parameters: ids, type. Answers with the places of those that one of the type follows. */
export const selectFollowedSql = `
  select wanted.key as place from json_each(?) as wanted join event_log as cause on cause.id = wanted.value
  where exists (
    select 1 from event_log as later
    where later.subject = cause.subject and later.position > cause.position and later.type = ?)`;

export const selectPositionsSql = `
  select id, position from event_log where id in (select value from json_each(?))`;

/** Parameters: after, upTo, the types twice (null for all), 1 to leave out what was handled ahead, subscriber. */
export const selectLogSql = `
  select * from event_log as entry where position > ? and position <= ?
    and (? is null or type in (select value from json_each(?)))
    and (? = 0 or not exists (
      select 1 from handled_ahead as ahead where ahead.subscriber = ? and ahead.position = entry.position))
  order by position`;

/** Parameters: subject, those of the statement above, limit. */
export const selectSubjectSql = `
  select * from event_log as entry where subject = ? and position > ? and position <= ?
    and (? is null or type in (select value from json_each(?)))
    and (? = 0 or not exists (
      select 1 from handled_ahead as ahead where ahead.subscriber = ? and ahead.position = entry.position))
  order by position limit ?`;

/** Parameters: subscriber, positions. */
export const insertAheadSql = `
  insert into handled_ahead (subscriber, position) select ?, value from json_each(?) where true
  on conflict do nothing`;

/** Rows: subscriber, position, attempts, dueAt, firstFailedAt. */
export const upsertRetriesSql = `
  insert into message_retry (subscriber, position, attempts, due_at, first_failed_at)
  select value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4 from json_each(?) where true
  on conflict do update set attempts = excluded.attempts, due_at = excluded.due_at`;

/** Rows: subscriber, position. */
export const deleteRetriesSql = `
  delete from message_retry
  where (subscriber, position) in (select value ->> 0, value ->> 1 from json_each(?))`;

/**
 * Rows: subscriber, position, messageId, messageType, message, errorName, errorCode, errorMessage, attempts,
 * firstFailedAt, lastFailedAt.
 */
export const insertDeadMessagesSql = `
  insert into dead_message (subscriber, position, message_id, message_type, message, error_name, error_code,
    error_message, attempts, first_failed_at, last_failed_at)
  select value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6,
    value ->> 7, value ->> 8, value ->> 9, value ->> 10
  from json_each(?)
  returning id`;

/** Rows: lineItemId, rank. */
export const advanceShipmentSql = `
  insert into shipment_progress (order_id, line_item_id, rank, heard_at)
  select ?, value ->> 0, value ->> 1, ? from json_each(?) where true
  on conflict do update set rank = max(rank, excluded.rank), heard_at = max(heard_at, excluded.heard_at)`;

/** Rows: id, type, customerId, subject, causeId, correlationId, occurredAt, requestedAt, variables. */
export const insertNotificationsSql = `
  insert into notification
    (id, type, customer_id, subject, cause_id, correlation_id, occurred_at, requested_at, variables)
  select value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6, value ->> 7, value -> 8
  from json_each(?) where true on conflict do nothing`;

/** Parameters: channel, dueAt, and the ids of the notifications of which this is true: a row of one value is cheap. */
export const insertDeliveriesSql = `
  insert into delivery (notification_id, channel, status, due_at, attempts)
  select value, ?, 'pending', ?, 0 from json_each(?) where true on conflict do nothing`;

/** The same for deliveries that wait: what is due at the same time is taken in the order of the requests. */
export const insertWaitingDeliveriesSql = `
  insert into delivery (notification_id, channel, status, due_at, attempts, request_seq)
  select notification.id, ?, 'pending', ?, 0, notification.seq
  from json_each(?) as wanted join notification on notification.id = wanted.value
  where true on conflict do nothing`;

/**
 * Parameters: status, reason, attempts, the rows (notificationId, receipt, settledAt) of which all this is
 * true, and their channel. What has reached its end stays as it is.
 */
export const updateDeliveriesSql = `
  update delivery
  set status = ?, reason = ?, due_at = null, settled_at = value ->> 2, attempts = ?, receipt = value ->> 1
  from json_each(?)
  where notification_id = value ->> 0 and channel = ? and status = 'pending'`;

const seqOfRequest = `(select notification.seq from notification where notification.id = delivery.notification_id)`;

/** Parameters: reason, attempts, the rows (notificationId, dueAt), and their channel. */
export const deferDeliveriesSql = `
  update delivery set reason = ?, attempts = ?, due_at = value ->> 1, request_seq = ifnull(request_seq, ${seqOfRequest})
  from json_each(?)
  where notification_id = value ->> 0 and channel = ? and status = 'pending'`;

/** Parameters: channel, and the ids of the notifications. */
export const takeDeliveriesSql = `
  update delivery set due_at = null where channel = ? and notification_id in (select value from json_each(?))`;

/**
 * Rows: notificationId, channel, errorCode, errorMessage, firstFailedAt, lastFailedAt. What is said of a customer who was
 * erased while the provider was asked is not kept: it may name the address.
 */
export const upsertFailuresSql = `
  insert into delivery_failure
    (notification_id, channel, error_code, error_message, first_failed_at, last_failed_at)
  select value ->> 0, value ->> 1, value ->> 2,
    iif(exists (select 1 from notification join customer on customer.id = customer_id
      where notification.id = value ->> 0 and erased_at is not null), '', value ->> 3),
    value ->> 4, value ->> 5
  from json_each(?) where true
  on conflict do update set error_code = excluded.error_code, error_message = excluded.error_message,
    last_failed_at = excluded.last_failed_at`;

/** Rows: notificationId, channel, at, reason, until. */
export const insertVerdictsSql = `
  insert into verdict (notification_id, channel, at, reason, until)
  select value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4 from json_each(?)`;

export const selectDeliveriesSql = `
  select * from delivery where notification_id in (select value from json_each(?))`;

export const selectVerdictsSql = `
  select * from verdict where notification_id in (select value from json_each(?)) order by at, rowid`;

/** Parameter: now, twice. */
export const outcomesUnknownSql = `
  insert into verdict (notification_id, channel, at, reason, until)
  select notification_id, channel, ?, 'outcome_unknown', ? from delivery
  where status = 'pending' and due_at is null`;

/** Parameter: now. What was put off before has waited, whoever died since. */
export const resumeOrphanedSql = `
  update delivery set due_at = ?, reason = ifnull(reason, 'outcome_unknown'), request_seq = ifnull(request_seq, ${seqOfRequest})
  where status = 'pending' and due_at is null`;

/** Parameters: dueAt, channel, and the ids of the notifications. */
export const resumeLostSql = `
  update delivery set due_at = ?, request_seq = ifnull(request_seq, ${seqOfRequest})
  where channel = ? and notification_id in (select value from json_each(?)) and status = 'pending' and due_at is null`;

const deadLetterSql = `
  select notification.*, delivery.*, error_code, error_message, first_failed_at, last_failed_at
  from delivery
  join notification on notification.id = delivery.notification_id
  left join delivery_failure as failure
    on failure.notification_id = delivery.notification_id and failure.channel = delivery.channel
  where delivery.status = 'dead_lettered'`;

/** Parameters: settledAt, notificationId and channel of the one before, and how many. */
export const selectDeadLettersSql = `${deadLetterSql}
  and (delivery.settled_at, delivery.notification_id, delivery.channel) > (?, ?, ?)
  order by delivery.settled_at, delivery.notification_id, delivery.channel limit ?`;

/** Parameters: notificationId, channel. */
export const selectDeadLetterSql = `${deadLetterSql}
  and delivery.notification_id = ? and delivery.channel = ?`;

/** Parameters: notificationId, channel. What a delivery died of, as a verdict that ended nothing. */
export const keepDeathAsVerdictSql = `
  insert into verdict (notification_id, channel, at, reason, until)
  select notification_id, channel, settled_at, reason, null from delivery
  where notification_id = ? and channel = ? and status = 'dead_lettered'`;

/** Times of events are texts, whose offsets may differ. */
export const latestMomentSql = `
  select max(atMs) as "atMs" from (
    select max(cast(round(unixepoch(time, 'subsec') * 1000) as integer)) as atMs from event_log
    union all select max(requested_at) from notification
    union all select max(settled_at) from delivery
    union all select max(at) from verdict
    union all select max(last_failed_at) from delivery_failure
    union all select max(first_failed_at) from message_retry
    union all select max(last_failed_at) from dead_message
    union all select max(taken_at) from delivery_receipt
  )`;
