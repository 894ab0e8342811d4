import { setTimeout } from 'node:timers/promises';
import type { Db } from '../db.ts';
import { execute, select } from '../query.ts';

/** Of everything in which `eraseCustomer` changes or deletes rows. */
const erasedFrom = [
  'customer',
  'cart_item',
  'cart_item_before',
  'event_log',
  'notification',
  'delivery',
  'delivery_failure',
  'delivery_receipt',
  'dead_message',
  'subscriber_state',
  'message_timer',
  'idempotency_key',
  'suppression',
];

/**
 * Whether anybody still looks at what was there before something was erased: then it is kept for them. Whoever wrote in any
 * database of the server when that was erased, and has not ended, may look, as far as the server knows.
 */
const isLookedAtSql = `
  select 1 from purge_due where by >= pg_snapshot_xmin(pg_current_snapshot())
  union all
  select 1 from pg_stat_activity, purge_due
  where datname = current_database() and pid <> pg_backend_pid() and backend_xmin is not null
    and age(backend_xmin) >= age(by::xid) limit 1`;

/** Nearly always whoever looks is through in a moment. */
async function isLookedAtNoMore(db: Db): Promise<boolean> {
  for (let left = 40; (await select(db, isLookedAtSql)).length > 0; left--) {
    if (left === 0) return false;
    await setTimeout(50);
  }
  return true;
}

/**
 * See `Datastore.purge`. Writes anew the tables from which something was erased, each of which can be neither read nor
 * written meanwhile. What the server's log, its replicas and its backups hold is beyond its reach. Never rejects.
 * @param db in which a statement takes as long as it takes.
 */
export async function purge(db: Db): Promise<boolean> {
  try {
    if ((await select(db, 'select 1 from purge_due limit 1')).length === 0) return true;
    if (!(await isLookedAtNoMore(db))) return false;
    const known = await select<{ by: string }>(db, 'select by::text as by from purge_due');
    for (const table of erasedFrom) await execute(db, `vacuum (full) ${table}`);
    for (const { by } of known) await execute(db, 'delete from purge_due where by = ?::xid8', by);
    return true;
  } catch {
    return false;
  }
}
