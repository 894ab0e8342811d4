/**
 * Parameters: from; from and width; from, width and from, twice. Of the notifications, whose order is that of their
 * requests, only the latest are read, from the end. The deliveries are read once, whole: an index by their ends would be
 * written with each of them, to save a tenth of a second per million when somebody looks.
 */
export const overTimeSql = `
  with earlier as (
    select coalesce((select seq from notification where requested_at < cast(? as bigint) order by seq desc limit 1), 0) as seq
  ),
  requested as (
    select (requested_at - cast(? as bigint)) / cast(? as bigint) as slot
    from notification join delivery on delivery.notification_id = notification.id
    where notification.seq > (select seq from earlier)
  ),
  stands as (
    select status, (settled_at - cast(? as bigint)) / cast(? as bigint) as slot
    from delivery
    where settled_at >= cast(? as bigint) or settled_at is null
  ),
  failed as (
    select (first_failed_at - cast(? as bigint)) / cast(? as bigint) as slot
    from delivery_failure
    where first_failed_at >= cast(? as bigint)
  )
  select 'requested' as what, slot, count(*) as "count" from requested group by slot
  union all
  select status, slot, count(*) from stands group by status, slot
  union all
  select 'failed', slot, count(*) from failed group by slot`;
