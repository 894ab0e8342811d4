import type { Db } from '../db.ts';
import { AlreadyConsumedError } from '../errors.ts';
import { select } from '../query.ts';
import { schemaName } from './connection.ts';

/**
 * See `Datastore.claimConsumption`. Locks that the session of the pen holds, and the server takes back when it ends: shared by
 * workers, which each other's leases tell apart, and by nobody else while one is there for whom time does not pass as for others.
 */
export async function claimConsumption(db: Db, shown: string, isAlone: boolean): Promise<() => void> {
  const kind = isAlone ? '' : '_shared';
  const lock = `(hashtext('${schemaName}.claim'))`;
  const [row] = await select<{ got: boolean }>(db, `select pg_try_advisory_lock${kind}${lock} as got`);
  if (!row?.got) throw new AlreadyConsumedError(shown);
  let isGivenBack = false;
  return () => {
    if (isGivenBack) return;
    isGivenBack = true;
    // A session that has ended has given it back.
    void select(db, `select pg_advisory_unlock${kind}${lock}`).catch(() => {});
  };
}
