import type { Db } from './db.ts';
import { execute, select } from './query.ts';

/** See `Datastore.purge`. Never rejects: what cannot be done now is due until it can. */
export async function purge(db: Db): Promise<boolean> {
  try {
    if ((await select(db, 'select 1 from purge_due limit 1')).length === 0) return true;
    // What is written anew is as large as the file, and too large for memory.
    await select(db, 'pragma temp_store = file');
    await execute(db, 'vacuum');
    const [checkpoint] = await select<{ busy: number }>(db, 'pragma wal_checkpoint(truncate)');
    if (checkpoint?.busy === 1) return false;
    await execute(db, 'delete from purge_due');
    return true;
  } catch {
    return false;
  } finally {
    await select(db, 'pragma temp_store = memory').catch(() => {});
  }
}
