/** The statements about receipts that only SQLite understands; see sqlite-sets.ts. */

/** Rows: channel, providerId, status, recipient. Answers with the places of those that are there. */
export const selectKnownReceiptsSql = `
  select wanted.key as place from json_each(?) as wanted
  join delivery_receipt as receipt on receipt.channel = wanted.value ->> 0 and receipt.provider_id = wanted.value ->> 1
    and receipt.status = wanted.value ->> 2 and receipt.recipient = wanted.value ->> 3`;

/** Rows: channel, providerId, status, recipient, at, takenAt, code, meaning, suppress, detail. */
export const insertReceiptsSql = `
  insert into delivery_receipt
    (channel, provider_id, status, recipient, at, taken_at, code, meaning, suppress, detail)
  select value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6, value ->> 7,
    value ->> 8, value ->> 9
  from json_each(?) where true on conflict do nothing`;

const sentUnderIdSql = `
  (select notification_id from delivery
    where delivery.receipt = early.provider_id and delivery.channel = early.channel
    order by delivery.settled_at desc limit 1)`;

const joinedSql = `
  select early.*, notification.id as notification_id, notification.customer_id
  from delivery_receipt as early join notification on notification.id = ${sentUnderIdSql}
  where early.notification_id is null`;

/** Rows: channel, providerId. */
export const selectJoinableSql = `${joinedSql}
  and (early.channel, early.provider_id) in (select value ->> 0, value ->> 1 from json_each(?))`;

/** Parameter: how many at most. */
export const selectAnyJoinableSql = `${joinedSql} limit ?`;

/** Rows: channel, providerId, status, recipient, notificationId. */
export const joinReceiptsSql = `
  update delivery_receipt set notification_id = value ->> 4 from json_each(?)
  where channel = value ->> 0 and provider_id = value ->> 1 and status = value ->> 2 and recipient = value ->> 3`;

const withoutWords = "update or replace delivery_receipt set recipient = '', detail = null";

/** Parameter: the id of a customer who is erased. */
export const eraseReceiptsSql = `${withoutWords}
  where notification_id in (select id from notification where customer_id = ?)`;

/** Parameters: mailboxes, addresses. What nobody knows the delivery of, and what is called by an address. */
export const eraseNamedReceiptsSql = `
  delete from delivery_receipt
  where notification_id is null and recipient in (select value from json_each(?))
    or exists (select 1 from json_each(?) where instr(provider_id, value) > 0)`;

/** Parameter: ids of notifications. Of those whose customer was erased before the provider reported. */
export const eraseLateReceiptsSql = `${withoutWords}
  where notification_id in (
    select notification.id from json_each(?) as joined join notification on notification.id = joined.value
    join customer on customer.id = notification.customer_id where erased_at is not null)`;

/** Parameters: takenBefore, how many at most. */
export const forgetEarlyReceiptsSql = `
  delete from delivery_receipt where (channel, provider_id, status, recipient) in (
    select channel, provider_id, status, recipient from delivery_receipt
    where notification_id is null and taken_at < ? limit ?)`;

/** Rows: channel, providerId. Of several that were sent under one id the latest comes last. */
export const selectSentAsSql = `
  select wanted.key as place, delivery.notification_id, delivery.channel, notification.customer_id
  from json_each(?) as wanted
  join delivery on delivery.receipt = wanted.value ->> 1 and delivery.channel = wanted.value ->> 0
  join notification on notification.id = delivery.notification_id
  order by delivery.settled_at`;

/** Parameter: ids of notifications. */
export const selectReceiptsSql = `
  select receipt.*, notification.customer_id
  from delivery_receipt as receipt join notification on notification.id = receipt.notification_id
  where receipt.notification_id in (select value from json_each(?))
  order by receipt.taken_at, receipt.status, receipt.recipient`;
