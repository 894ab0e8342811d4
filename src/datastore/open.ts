import { consumptionClaim } from './consumption-claim.ts';
import type { Datastore } from './datastore.ts';
import type { Database, Db } from './db.ts';
import { idempotencyStore, nobodyElse } from './idempotency.ts';
import { endAllLeases, leaseStore } from './leases.ts';
import { purge } from './purge.ts';
import { execute, select } from './query.ts';
import { openSqlite } from './sqlite.ts';
import { statistics } from './statistics.ts';
import { type InTransaction, isEmpty, storesIn, storesOf } from './stores.ts';
import type { Access } from './usable-file.ts';

export interface DatastoreOptions {
  /** A file of SQLite's, made when it is missing. Left out: memory, which ends with the process. */
  file?: string;
  /** How long a statement waits for another program that writes to the file. Default 5,000. */
  busyTimeoutMs?: number;
  /** What it is opened for. Default `make`. */
  access?: Access;
}

/** @throws {InputError} when the file cannot be opened, is not a shop's, is damaged, or is newer than this program. */
export function openDatastore({ file = ':memory:', ...options }: DatastoreOptions = {}): Datastore {
  return datastoreOn(openSqlite(file, options), file);
}

export function datastoreOn(db: Database, file: string): Datastore {
  const claim = consumptionClaim(file);
  let ending: Promise<void> | undefined;
  const toWrite: InTransaction = (work) => db.transaction(beginWriting, work);
  return {
    ...storesOf(db, toWrite),
    statistics: statistics((work) => db.transaction('begin', work)),
    idempotency: idempotencyStore(db, toWrite, nobodyElse),
    leases: leaseStore(db, toWrite),

    async copyTo(copy) {
      // A file that is only read may be copied all the same.
      const [before] = await select<{ query_only: number }>(db, 'pragma query_only');
      await select(db, 'pragma query_only = off');
      try {
        await execute(db, 'vacuum into ?', copy);
      } finally {
        if (before?.query_only) await select(db, 'pragma query_only = on');
      }
    },

    async check() {
      await toWrite((tx) => select(tx, 'select 1'));
      return [];
    },

    isEmpty: () => isEmpty(db),

    transaction: (work) => toWrite((tx) => work(storesIn(tx))),

    async claimConsumption() {
      const { isFree } = claim;
      const giveBack = claim.take();
      // Who held one before is dead: nobody works here who has not claimed it.
      if (isFree) ending = endAllLeases(db);
      try {
        await ending;
      } catch (thrown) {
        giveBack();
        throw thrown;
      }
      return giveBack;
    },

    purge: () => purge(db),

    close: once(async () => {
      claim.release();
      await purge(db);
      await leaveAlone(db).finally(() => db.close());
    }),
  };
}

/**
 * Leaves the file alone, with everything in it and no companions, which libsql leaves lying there. It waits for
 * nobody who reads or writes: then they stay, full, and whoever closes the file last takes them away.
 */
async function leaveAlone(db: Db): Promise<void> {
  try {
    await select(db, 'pragma busy_timeout = 0');
    await select(db, 'pragma journal_mode = delete');
  } catch {
    await select(db, 'pragma wal_checkpoint(truncate)').catch(() => {});
  }
}

/**
 * Takes the right to write at once, and waits for it: a transaction that has read before it writes is refused when another
 * process has written in between.
 */
const beginWriting = 'begin immediate';

function once(work: () => Promise<void>): () => Promise<void> {
  let working: Promise<void> | undefined;
  return () => {
    working ??= work();
    return working;
  };
}
