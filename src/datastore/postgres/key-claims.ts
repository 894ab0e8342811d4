import type { Db } from '../db.ts';
import type { KeyClaims } from '../idempotency.ts';
import { select } from '../query.ts';
import { schemaName } from './connection.ts';

/** Two keys of one digest wait for each other, which nobody will see. */
const lock = `(hashtext('${schemaName}.idempotency'), hashtext(?))`;

/**
 * Locks that the session of the pen holds, whatever becomes of the transaction in which they were taken, and the server takes back
 * when it ends: what a process that has died had under way is under way no more.
 */
export const keyClaims = (pen: Db): KeyClaims => ({
  async take(tx, key) {
    const [row] = await select<{ got: boolean }>(tx, `select pg_try_advisory_lock${lock} as got`, key);
    return row?.got === true;
  },

  async giveBack(key) {
    // A session that has ended has given it back.
    await select(pen, `select pg_advisory_unlock${lock}`, key);
  },
});
