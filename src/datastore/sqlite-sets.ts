/**
 * The statements that only SQLite understands. Each takes one JSON array and reads or writes all its rows
 * at once: crossing into the database costs more than a row does. Another engine gets a file like this.
 */

export const selectCustomersSql = `
  select customer.* from json_each(?) as wanted join customer on customer.id = wanted.value`;

export const selectSuppressedSql = `
  select address from suppression where address in (select value from json_each(?))`;

export const selectProductsSql = `
  select product.* from json_each(?) as wanted join product on product.id = wanted.value`;

/** Rows: id, type, source, subject, time, correlationId, causationId, schemaVersion, data. */
export const appendEventsSql = `
  insert into event_log (id, type, source, subject, time, correlation_id, causation_id, schema_version, data)
  select value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6, value ->> 7, value -> 8
  from json_each(?) where true on conflict do nothing`;

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

/** Parameters: channel, and the ids of the notifications. What a row has costs as much as the row itself. */
export const insertDeliveriesSql = `
  insert into delivery (notification_id, channel, status, attempts)
  select value, ?, 'pending', 0 from json_each(?) where true on conflict do nothing`;

/**
 * Parameters: status, reason, dueAt, settledAt, attempts, the rows (notificationId, receipt) of which all
 * this is true, and their channel. What has reached its end stays as it is.
 */
export const updateDeliveriesSql = `
  update delivery set status = ?, reason = ?, due_at = ?, settled_at = ?, attempts = ?, receipt = value ->> 1
  from json_each(?)
  where notification_id = value ->> 0 and channel = ? and status = 'pending'`;

/** Rows: notificationId, channel, at, reason, until. */
export const insertVerdictsSql = `
  insert into verdict (notification_id, channel, at, reason, until)
  select value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4 from json_each(?)`;

export const selectDeliveriesSql = `
  select * from delivery where notification_id in (select value from json_each(?))`;

export const selectVerdictsSql = `
  select * from verdict where notification_id in (select value from json_each(?)) order by at, rowid`;
