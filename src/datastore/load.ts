import type { Db } from './db.ts';
import { select } from './query.ts';
import type { Load, LoadAsked } from './statistics-contract.ts';

const inHandSql = `
  select count(*) as "count" from (
    select 1 from delivery where status = 'pending' and due_at is null limit ?) as counted`;

const dueSql = `
  select count(*) as "count" from (select 1 from delivery where channel = ? and due_at <= ? limit ?) as counted`;

/** What was handled ahead of a checkpoint stands behind it, and was seen all the same. */
const unseenSql = (types: readonly string[] | null): string => `
  select count(*) as "count" from (
    select 1 from subscription join event_log on event_log.position > subscription.position
    where subscription.name = ?
      ${types === null ? '' : `and event_log.type in (${types.map(() => '?').join(', ')})`}
      and not exists (
        select 1 from handled_ahead
        where handled_ahead.subscriber = subscription.name and handled_ahead.position = event_log.position
      )
    limit ?) as counted`;

/** See `Statistics.load`. */
export async function loadOf(db: Db, { subscribers, channels, nowMs, most }: LoadAsked): Promise<Load> {
  const count = async (sql: string, ...parameters: (string | number)[]): Promise<number> => {
    const [row] = await select<{ count: number }>(db, sql, ...parameters);
    return row?.count ?? 0;
  };
  let messages = 0;
  for (const { name, types } of subscribers)
    messages = Math.max(messages, await count(unseenSql(types), name, ...(types ?? []), most));
  let deliveries = await count(inHandSql, most);
  for (const channel of channels) deliveries += await count(dueSql, channel, nowMs, most);
  return { messages, deliveries };
}
