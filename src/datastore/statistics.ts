import type { Db } from './db.ts';
import { loadOf } from './load.ts';
import { overTimeSql } from './over-time.ts';
import { select } from './query.ts';
import { receiptStatuses } from './records.ts';
import { latestMomentSql } from './sqlite-sets.ts';
import type {
  AttemptCount,
  DeadMessages,
  DeliveryGroup,
  DeliveryTimes,
  LastWords,
  OldestPending,
  Outage,
  ReceiptGroup,
  SlotCount,
  Statistics,
  SubscriberBacklog,
} from './statistics-contract.ts';

/** One pass over the deliveries, and one look at each one's failure. */
const groupsSql = `
  select
    delivery.channel,
    delivery.status,
    delivery.reason,
    failure.error_code as "errorCode",
    count(*) as "count",
    sum(delivery.attempts + delivery.attempts_before) as "attempts",
    count(case when delivery.attempts + delivery.attempts_before > 0 then 1 end) as "asked",
    count(delivery.due_at) as "waiting",
    min(delivery.due_at) as "nextDueAtMs",
    max(case delivery.status when 'dead_lettered' then delivery.settled_at else failure.last_failed_at end)
      as "lastFailedAtMs"
  from delivery
  left join delivery_failure as failure
    on failure.notification_id = delivery.notification_id and failure.channel = delivery.channel
  group by 1, 2, 3, 4
  order by 1, 2, 3 nulls first, 4 nulls first`;

/**
 * Counts each duration first, so that what is ranked is short where many took equally long. The percentile p
 * is the first duration that at least p percent did not exceed; whole numbers, since 0.95 is not exact.
 */
const timesSql = `
  with taken as materialized (
    select delivery.channel, delivery.settled_at - notification.requested_at as ms, count(*) as times
    from delivery join notification on notification.id = delivery.notification_id
    where delivery.status = 'sent' and delivery.settled_at is not null
    group by 1, 2
  ),
  counted as (
    select channel, ms, times from taken
    union all
    select null, ms, sum(times) from taken group by ms
  ),
  ranked as (
    select
      channel,
      ms,
      ms * times as weighted,
      sum(times) over (partition by channel order by ms) as reached,
      sum(times) over (partition by channel) as total
    from counted
  )
  select
    channel,
    max(total) as "count",
    min(ms) as "minMs",
    min(case when reached * 100 >= total * 50 then ms end) as "p50Ms",
    min(case when reached * 100 >= total * 95 then ms end) as "p95Ms",
    min(case when reached * 100 >= total * 99 then ms end) as "p99Ms",
    max(ms) as "maxMs",
    sum(weighted) as "totalMs"
  from ranked
  group by channel
  order by channel nulls first`;

const sentAfterSql = `
  select channel, attempts + attempts_before as "attempts", count(*) as "count"
  from delivery
  where status = 'sent'
  group by 1, 2
  order by 1, 2`;

const oldestPendingSql = `
  select delivery.channel, min(notification.requested_at) as "requestedAtMs"
  from delivery join notification on notification.id = delivery.notification_id
  where delivery.status = 'pending'
  group by 1
  order by 1`;

const lastWordsSql = `
  with ranked as (
    select
      delivery.channel, delivery.status, delivery.reason,
      failure.error_code as "errorCode", failure.error_message as "words",
      row_number() over (
        partition by delivery.channel, delivery.status, delivery.reason, failure.error_code
        order by failure.last_failed_at desc, failure.notification_id desc
      ) as place
    from delivery_failure as failure
    join delivery on delivery.notification_id = failure.notification_id and delivery.channel = failure.channel
  )
  select channel, status, reason, "errorCode", "words" from ranked where place = 1 order by 1, 2, 3 nulls first, 4 nulls first`;

const deadMessagesSql = `
  select coalesce(subscriber, 'bus') as "subscriber", count(*) as "count" from dead_message group by 1 order by 1`;

/** In whatever order they came: the last of `receiptStatuses` counts most. */
const weighed = receiptStatuses.map((status, weight) => `when '${status}' then ${weight}`).join(' ');
const named = receiptStatuses.map((status, weight) => `when ${weight} then '${status}'`).join(' ');

const receiptsSql = `
  select channel, case weightiest ${named} end as "status", count(*) as "count"
  from (
    select channel, max(case status ${weighed} end) as weightiest
    from delivery_receipt where notification_id is not null
    group by notification_id, channel
  ) as reported
  group by 1, 2
  order by 1, 2`;

const outagesSql = `
  with yes as (
    select channel, max(settled_at) as at from delivery where status = 'sent' group by channel
  )
  select delivery.channel, sum(delivery.attempts) as "failures"
  from delivery
  join delivery_failure as failure
    on failure.notification_id = delivery.notification_id and failure.channel = delivery.channel
  left join yes on yes.channel = delivery.channel
  where delivery.status <> 'sent'
    and delivery.reason in ('provider_unavailable', 'circuit_open', 'outcome_unknown', 'attempts_exhausted')
    and failure.last_failed_at >= coalesce(yes.at, 0)
  group by 1
  order by 1`;

const retriesSql = `
  select
    name as "subscriber",
    (select count(*) from message_retry where subscriber = subscription.name) as "retries"
  from subscription
  order by name`;

/** What was handled ahead of a checkpoint stands behind it, and was seen all the same. */
const unseenSql = `
  select subscription.name as "subscriber", event_log.type, count(*) as "count"
  from subscription
  join event_log on event_log.position > subscription.position
  where not exists (
    select 1 from handled_ahead
    where handled_ahead.subscriber = subscription.name and handled_ahead.position = event_log.position
  )
  group by 1, 2
  order by 1, 2`;

/** Reads in one transaction, so that groups and times are of the same moment. */
export function statistics(inTransaction: <T>(work: (db: Db) => Promise<T>) => Promise<T>): Statistics {
  return {
    deliveries: () =>
      inTransaction(async (tx) => ({
        groups: await select<DeliveryGroup>(tx, groupsSql),
        sentAfter: await select<AttemptCount>(tx, sentAfterSql),
        oldestPending: await select<OldestPending>(tx, oldestPendingSql),
        lastWords: await select<LastWords>(tx, lastWordsSql),
        deadMessages: await select<DeadMessages>(tx, deadMessagesSql),
        times: await select<DeliveryTimes>(tx, timesSql),
        receipts: await select<ReceiptGroup>(tx, receiptsSql),
      })),

    outages: () => inTransaction((tx) => select<Outage>(tx, outagesSql)),

    overTime: ({ fromMs, slotMs }) => {
      const slot = [fromMs, slotMs];
      const asked = [fromMs, ...slot, ...slot, fromMs, ...slot, fromMs];
      return inTransaction((tx) => select<SlotCount>(tx, overTimeSql, ...asked));
    },

    backlog: () =>
      inTransaction(async (tx) => {
        const subscribers = await select<Pick<SubscriberBacklog, 'subscriber' | 'retries'>>(tx, retriesSql);
        const unseen = await select<{ subscriber: string; type: string; count: number }>(tx, unseenSql);
        return subscribers.map(({ subscriber, retries }) => {
          const own = unseen.filter((row) => row.subscriber === subscriber);
          return {
            subscriber,
            unseen: Object.fromEntries(own.map(({ type, count }) => [type, count])),
            retries,
          };
        });
      }),

    load: (asked) => inTransaction((tx) => loadOf(tx, asked)),

    latestMs: () =>
      inTransaction(async (tx) => {
        const [row] = await select<{ atMs: number | null }>(tx, latestMomentSql);
        return row?.atMs ?? undefined;
      }),
  };
}
