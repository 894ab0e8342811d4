import type * as sqlite from '../sqlite-sets.ts';
import { given, numberedRows, texts } from './given.ts';
import type { InPostgres } from './in-postgres.ts';

/** What the shop's stores and the log ask, with the parameters that sqlite-sets.ts says. */
export const shopSets = {
  selectCustomersSql: `select * from customer where id in ${texts(1)}`,

  selectInSegmentsSql: `
    select id from customer
    where segment in ${texts(1)} and id > $2 and erased_at is null
      and not exists (
        select 1 from event_log as registered
        where registered.subject = customer.id and registered.type = 'CustomerRegistered'
          and registered.position > $3::bigint)
    order by id limit $4`,

  anySuppressedSql: `
    select exists (select 1 from suppression)::int as found,
      exists (select 1 from suppression where mailbox >= '+' and mailbox < ':')::int as numbers,
      exists (select 1 from suppression where mailbox >= 'sha256:' and mailbox < 'sha256;')::int as traces`,

  selectSuppressedSql: `select mailbox from suppression where mailbox in ${texts(1)}`,

  selectProductsSql: `select * from product where id in ${texts(1)}`,

  addToCartSql: `
    insert into cart_item (product_id, customer_id, quantity, added_after)
    values ($1, $2, $3, (select coalesce(max(position), 0) from event_log))
    on conflict (product_id, customer_id) do update set quantity = cart_item.quantity + excluded.quantity`,

  keepRemovedSql: `
    insert into cart_item_before (product_id, removed_after, customer_id, added_after, removed_at)
    select product_id, log.head, customer_id, added_after, $1::bigint
    from cart_item, (select coalesce(max(position), 0) as head from event_log) as log
    where customer_id = $2 and product_id in ${texts(3)} and added_after < log.head
    on conflict do nothing`,

  forgetRemovedSql: `
    delete from cart_item_before where (product_id, removed_after, customer_id) in (
      select product_id, removed_after, customer_id from cart_item_before where removed_at < $1 limit $2)`,

  selectInCartAtSql: `
    select customer_id from cart_item
    where product_id = $1 and customer_id > $2 and added_after < $3
    union all
    select customer_id from cart_item_before
    where product_id = $4 and customer_id > $5 and added_after < $6 and removed_after >= $7
    order by customer_id limit $8`,

  selectInCartSql: `
    select wanted.nr - 1 as place from jsonb_array_elements($1::jsonb) with ordinality as wanted (value, nr)
    join cart_item on product_id = wanted.value ->> 0 and customer_id = wanted.value ->> 1`,

  selectOrderStatusesSql: `select id, status from shop_order where id in ${texts(1)}`,

  selectFollowedSql: `
    select wanted.nr - 1 as place from json_array_elements_text($1::json) with ordinality as wanted (value, nr)
    join event_log as cause on cause.id = wanted.value
    where exists (
      select 1 from event_log as later
      where later.subject = cause.subject and later.position > cause.position and later.type = $2)`,

  selectPositionsSql: `select id, position from event_log where id in ${texts(1)}`,

  selectLogSql: `
    select * from event_log as entry where position > $1 and position <= $2
      and ($3::json is null or type in ${texts(4)})
      and ($5::int = 0 or not exists (
        select 1 from handled_ahead as ahead where ahead.subscriber = $6 and ahead.position = entry.position))
    order by position`,

  selectSubjectSql: `
    select * from event_log as entry where subject = $1 and position > $2 and position <= $3
      and ($4::json is null or type in ${texts(5)})
      and ($6::int = 0 or not exists (
        select 1 from handled_ahead as ahead where ahead.subscriber = $7 and ahead.position = entry.position))
    order by position limit $8`,

  insertAheadSql: `
    insert into handled_ahead (subscriber, position)
    select $1, value::bigint from json_array_elements_text($2::json) on conflict do nothing`,

  upsertRetriesSql: `
    insert into message_retry (subscriber, position, attempts, due_at, first_failed_at)
    select distinct on (subscriber, position) subscriber, position, attempts, due_at, first_failed_at
    from ${numberedRows(1, 'subscriber text, position bigint, attempts bigint, due_at bigint, first_failed_at bigint')}
    order by subscriber, position, nr desc
    on conflict (subscriber, position) do update set attempts = excluded.attempts, due_at = excluded.due_at`,

  deleteRetriesSql: `
    delete from message_retry
    where (subscriber, position) in (select * from ${given(1, 'subscriber text, position bigint')})`,

  insertDeadMessagesSql: `
    insert into dead_message (subscriber, position, message_id, message_type, message, error_name, error_code,
      error_message, attempts, first_failed_at, last_failed_at)
    select * from ${given(
      1,
      'subscriber text, position bigint, message_id text, message_type text, message text, error_name text, error_code text, error_message text, attempts bigint, first_failed_at bigint, last_failed_at bigint',
    )}
    returning id`,

  advanceShipmentSql: `
    insert into shipment_progress (order_id, line_item_id, rank, heard_at)
    select $1, line_item_id, max(rank), $2::bigint from ${given(3, 'line_item_id text, rank bigint')}
    group by line_item_id
    on conflict (order_id, line_item_id) do update set rank = greatest(shipment_progress.rank, excluded.rank),
      heard_at = greatest(shipment_progress.heard_at, excluded.heard_at)`,

  latestMomentSql: `
    select max(at_ms) as "atMs" from (
      select max(round(extract(epoch from time::timestamptz) * 1000)::bigint) as at_ms from event_log
      union all select max(requested_at) from notification
      union all select max(settled_at) from delivery
      union all select max(at) from verdict
      union all select max(last_failed_at) from delivery_failure
      union all select max(first_failed_at) from message_retry
      union all select max(last_failed_at) from dead_message
      union all select max(taken_at) from delivery_receipt
    ) as moments`,
} satisfies Partial<InPostgres<typeof sqlite>>;
