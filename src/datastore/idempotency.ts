import type { Db } from './db.ts';
import type { IdempotencyStore, KeyedRequest } from './idempotency-contract.ts';
import { execute, select } from './query.ts';
import type { Schema } from './schema.ts';

/** So many are forgotten at once, where each request brings one. */
const forgottenAtOnce = 100;

const forgetSql = `
  delete from idempotency_key where key in (
    select key from idempotency_key where begun_at < ? order by begun_at limit ${forgottenAtOnce})`;

const beginSql = `
  insert into idempotency_key (key, fingerprint, begun_at) values (?, ?, ?)
  on conflict (key) do update set fingerprint = excluded.fingerprint, begun_at = excluded.begun_at,
    status = null, media_type = null, body = null where idempotency_key.begun_at < ?`;

const completeSql = 'update idempotency_key set status = ?, media_type = ?, body = ? where key = ?';

/** By which processes on one datastore know of what is under way in each other. */
export interface KeyClaims {
  /** In the transaction in which it begins. @returns whether it is this process's now. */
  take(tx: Db, key: string): Promise<boolean>;
  giveBack(key: string): Promise<void>;
}

/** Of a datastore that no other process answers requests on. */
export const nobodyElse: KeyClaims = { take: async () => true, giveBack: async () => {} };

export function idempotencyStore(
  db: Db,
  inTransaction: <T>(work: (db: Db) => Promise<T>) => Promise<T>,
  claims: KeyClaims,
): IdempotencyStore {
  return {
    async begin({ key, fingerprint, begunAtMs, forgetBeforeMs }) {
      try {
        return await inTransaction(async (tx) => {
          const isElsewhere = !(await claims.take(tx, key));
          if (
            !isElsewhere &&
            (await execute(tx, beginSql, key, fingerprint, begunAtMs, forgetBeforeMs)) > 0
          ) {
            await execute(tx, forgetSql, forgetBeforeMs);
            return { isElsewhere };
          }
          const sql = 'select * from idempotency_key where key = ?';
          const [row] = await select<Schema['idempotency_key']>(tx, sql, key);
          return { isElsewhere, ...(row && { before: keyedRequest(row) }) };
        });
      } catch (thrown) {
        // What took it was undone, and it was not.
        await claims.giveBack(key).catch(() => {});
        throw thrown;
      }
    },

    async complete(key, { status, mediaType, body }) {
      await execute(db, completeSql, status, mediaType, body, key);
    },

    end: (key) => claims.giveBack(key),
  };
}

function keyedRequest({ key, fingerprint, begun_at, ...answer }: Schema['idempotency_key']): KeyedRequest {
  const { status, media_type: mediaType, body } = answer;
  return {
    key,
    fingerprint,
    begunAtMs: begun_at,
    ...(status !== null && { answer: { status, mediaType: mediaType ?? '', body: body ?? '' } }),
  };
}
