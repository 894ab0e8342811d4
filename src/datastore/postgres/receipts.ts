import type * as sqlite from '../sqlite-receipts.ts';
import { given, texts } from './given.ts';
import type { InPostgres } from './in-postgres.ts';

const key = 'channel text, provider_id text, status text, recipient text';

const sentUnderIdSql = `
  (select notification_id from delivery
    where delivery.receipt = early.provider_id and delivery.channel = early.channel
    order by delivery.settled_at desc nulls last limit 1)`;

const joinedSql = `
  select early.*, notification.id as notification_id, notification.customer_id
  from delivery_receipt as early join notification on notification.id = ${sentUnderIdSql}
  where early.notification_id is null`;

/**
 * Of receipts that become one without their words, one is left; what they said stands in the table until it is purged. No row may be changed into another that is there, so
 * all go, and one of each comes back.
 */
const withoutWords = (which: string): string => `
  with told as (delete from delivery_receipt where ${which} returning *),
    due as (insert into purge_due (since) select max(taken_at) from told having count(*) > 0)
  insert into delivery_receipt (channel, provider_id, status, recipient, notification_id, at, taken_at, code, meaning,
    suppress, detail)
  select distinct on (channel, provider_id, status)
    channel, provider_id, status, '', notification_id, at, taken_at, code, meaning, suppress, null
  from told order by channel, provider_id, status, recipient desc`;

/** What is asked of receipts, with the parameters that sqlite-receipts.ts says. */
export const receiptSets: InPostgres<typeof sqlite> = {
  selectKnownReceiptsSql: `
    select wanted.nr - 1 as place from jsonb_array_elements($1::jsonb) with ordinality as wanted (value, nr)
    join delivery_receipt as receipt on receipt.channel = wanted.value ->> 0
      and receipt.provider_id = wanted.value ->> 1 and receipt.status = wanted.value ->> 2
      and receipt.recipient = wanted.value ->> 3`,

  insertReceiptsSql: `
    insert into delivery_receipt
      (channel, provider_id, status, recipient, at, taken_at, code, meaning, suppress, detail)
    select * from ${given(1, `${key}, at bigint, taken_at bigint, code text, meaning text, suppress text, detail text`)}
    on conflict do nothing`,

  selectJoinableSql: `${joinedSql}
    and (early.channel, early.provider_id) in (select * from ${given(1, 'channel text, provider_id text')})`,

  selectAnyJoinableSql: `${joinedSql} limit $1`,

  joinReceiptsSql: `
    update delivery_receipt as receipt set notification_id = given.notification_id
    from ${given(1, `${key}, notification_id text`)}
    where receipt.channel = given.channel and receipt.provider_id = given.provider_id
      and receipt.status = given.status and receipt.recipient = given.recipient`,

  eraseReceiptsSql: withoutWords('notification_id in (select id from notification where customer_id = $1)'),

  eraseNamedReceiptsSql: `
    delete from delivery_receipt
    where notification_id is null and recipient in ${texts(1)}
      or exists (select 1 from json_array_elements_text($2::json) as word where strpos(provider_id, word) > 0)`,

  eraseLateReceiptsSql: withoutWords(`notification_id in (
    select notification.id from notification join customer on customer.id = notification.customer_id
    where notification.id in ${texts(1)} and erased_at is not null)`),

  forgetEarlyReceiptsSql: `
    delete from delivery_receipt where (channel, provider_id, status, recipient) in (
      select channel, provider_id, status, recipient from delivery_receipt
      where notification_id is null and taken_at < $1 limit $2)`,

  selectSentAsSql: `
    select wanted.nr - 1 as place, delivery.notification_id, delivery.channel, notification.customer_id
    from jsonb_array_elements($1::jsonb) with ordinality as wanted (value, nr)
    join delivery on delivery.receipt = wanted.value ->> 1 and delivery.channel = wanted.value ->> 0
    join notification on notification.id = delivery.notification_id
    order by delivery.settled_at nulls first`,

  selectReceiptsSql: `
    select receipt.*, notification.customer_id
    from delivery_receipt as receipt join notification on notification.id = receipt.notification_id
    where receipt.notification_id in ${texts(1)}
    order by receipt.taken_at, receipt.status, receipt.recipient`,
};
