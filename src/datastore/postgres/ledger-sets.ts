import type * as sqlite from '../sqlite-sets.ts';
import { given, numberedRows, texts } from './given.ts';
import type { InPostgres } from './in-postgres.ts';

const seqOfRequest =
  '(select notification.seq from notification where notification.id = delivery.notification_id)';

const deadLetterSql = `
  select notification.*, delivery.*, error_code, error_message, first_failed_at, last_failed_at
  from delivery
  join notification on notification.id = delivery.notification_id
  left join delivery_failure as failure
    on failure.notification_id = delivery.notification_id and failure.channel = delivery.channel
  where delivery.status = 'dead_lettered'`;

/** What the ledger asks, with the parameters that sqlite-sets.ts says. */
export const ledgerSets = {
  // What a notification says is kept as it was written.
  insertNotificationsSql: `
    insert into notification
      (id, type, customer_id, subject, cause_id, correlation_id, occurred_at, requested_at, variables)
    select value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, (value ->> 6)::bigint,
      (value ->> 7)::bigint, (written -> 8)::text
    from rows from (jsonb_array_elements($1::text::jsonb), json_array_elements($1::text::json)) as given (value, written)
    on conflict do nothing`,

  insertDeliveriesSql: `
    insert into delivery (notification_id, channel, status, due_at, attempts)
    select value, $1, 'pending', $2::bigint, 0 from json_array_elements_text($3::json) as wanted (value)
    on conflict do nothing`,

  insertWaitingDeliveriesSql: `
    insert into delivery (notification_id, channel, status, due_at, attempts, request_seq)
    select id, $1, 'pending', $2::bigint, 0, seq from notification where id in ${texts(3)} on conflict do nothing`,

  updateDeliveriesSql: `
    update delivery
    set status = $1, reason = $2, due_at = null, settled_at = given.settled_at, attempts = $3, receipt = given.receipt
    from ${given(4, 'id text, receipt text, settled_at bigint')}
    where notification_id = given.id and channel = $5 and status = 'pending'`,

  deferDeliveriesSql: `
    update delivery set reason = $1, attempts = $2, due_at = given.due_at,
      request_seq = coalesce(request_seq, ${seqOfRequest})
    from ${given(3, 'id text, due_at bigint')}
    where notification_id = given.id and channel = $4 and status = 'pending'`,

  takeDeliveriesSql: `update delivery set due_at = null where channel = $1 and notification_id in ${texts(2)}`,

  upsertFailuresSql: `
    insert into delivery_failure
      (notification_id, channel, error_code, error_message, first_failed_at, last_failed_at)
    select distinct on (id, channel) id, channel, code,
      case when exists (
        select 1 from notification join customer on customer.id = customer_id
        where notification.id = given.id and erased_at is not null) then '' else words end,
      first_value(first) over (partition by id, channel order by nr), last
    from ${numberedRows(1, 'id text, channel text, code text, words text, first bigint, last bigint')}
    order by id, channel, nr desc
    on conflict (notification_id, channel) do update set error_code = excluded.error_code,
      error_message = excluded.error_message, last_failed_at = excluded.last_failed_at`,

  insertVerdictsSql: `
    insert into verdict (notification_id, channel, at, reason, until)
    select * from ${given(1, 'notification_id text, channel text, at bigint, reason text, until bigint')}`,

  selectDeliveriesSql: `select * from delivery where notification_id in ${texts(1)} order by notification_id, channel`,

  selectVerdictsSql: `select * from verdict where notification_id in ${texts(1)} order by at, seq`,

  outcomesUnknownSql: `
    insert into verdict (notification_id, channel, at, reason, until)
    select notification_id, channel, $1::bigint, 'outcome_unknown', $2::bigint from delivery
    where status = 'pending' and due_at is null`,

  resumeOrphanedSql: `
    update delivery set due_at = $1, reason = coalesce(reason, 'outcome_unknown'),
      request_seq = coalesce(request_seq, ${seqOfRequest})
    where status = 'pending' and due_at is null`,

  resumeLostSql: `
    update delivery set due_at = $1, request_seq = coalesce(request_seq, ${seqOfRequest})
    where channel = $2 and notification_id in ${texts(3)} and status = 'pending' and due_at is null`,

  selectDeadLettersSql: `${deadLetterSql}
    and (delivery.settled_at, delivery.notification_id, delivery.channel) > ($1, $2, $3)
    order by delivery.settled_at, delivery.notification_id, delivery.channel limit $4`,

  selectDeadLetterSql: `${deadLetterSql} and delivery.notification_id = $1 and delivery.channel = $2`,

  keepDeathAsVerdictSql: `
    insert into verdict (notification_id, channel, at, reason, until)
    select notification_id, channel, settled_at, reason, null from delivery
    where notification_id = $1 and channel = $2 and status = 'dead_lettered'`,
} satisfies Partial<InPostgres<typeof sqlite>>;
