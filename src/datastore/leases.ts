import type { Db } from './db.ts';
import { LeaseLostError } from './errors.ts';
import type { LeaseStore } from './lease-contract.ts';
import { execute, prepared, requireRow, slot } from './query.ts';

const findLease = prepared((db) => db.selectFrom('lease').selectAll());

const findTokenSql = 'select token from lease where token = ?';

const insertLease = prepared((db) => db.insertInto('lease').values({ until: slot }).returning('token'));

/** Of several that renew it at once, the one that is later counts, whichever comes first. */
const extendLeaseSql = 'update lease set until = max(until, ?) where token = ?';

const endLease = prepared((db) => db.deleteFrom('lease').where('token', '=', slot).returning('token'));

/**
 * The lease of a datastore whose workers are all in this process: who may have others beside is the claim's to say.
 * Whoever is told is told at once.
 */
export function leaseStore(
  db: Db,
  inTransaction: <T>(work: (db: Db) => Promise<T>) => Promise<T>,
): LeaseStore {
  const listeners = new Set<() => void>();
  const tell = (): void => {
    for (const told of [...listeners]) told();
  };
  return {
    acquire: ({ nowMs, untilMs }) =>
      inTransaction(async (tx) => {
        const [held] = await findLease(tx);
        if (held !== undefined && held.until > nowMs) return undefined;
        if (held !== undefined) await endLease(tx, held.token);
        const [row] = await insertLease(tx, untilMs);
        return row?.token;
      }),

    renew: async (token, untilMs) => (await execute(db, extendLeaseSql, untilMs, token)) > 0,

    async release(token) {
      const released = await endLease(db, token);
      if (released.length > 0) tell();
    },

    untilMs: async () => (await findLease(db))[0]?.until,

    tell: async () => tell(),

    async listen(told) {
      const listener = (): void => told();
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

/** For whoever knows that all who had a lease before are dead. */
export async function endAllLeases(db: Db): Promise<void> {
  await execute(db, 'delete from lease');
}

/**
 * In the transaction of a write under this token; without one, the write is nobody's, and is let through.
 * @throws {LeaseLostError}
 */
export async function requireLease(tx: Db, token: number | undefined): Promise<void> {
  if (token === undefined) return;
  await requireRow(tx, { sql: findTokenSql, missing: () => new LeaseLostError(token) }, token);
}
