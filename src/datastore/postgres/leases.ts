import type { Db } from '../db.ts';
import type { LeaseStore } from '../lease-contract.ts';
import { execute, select } from '../query.ts';
import type { InTransaction } from '../stores.ts';
import { isAliveSql } from './alive.ts';
import type { Bell } from './bell.ts';
import { isTooNew } from './schema.ts';

interface Held {
  readonly token: number;
  readonly until: number;
  readonly remainingMs: number;
  readonly isOwn: boolean;
  readonly isAlive: boolean;
}

const findSql = `
  select token, until, round(extract(epoch from runs_out - clock_timestamp())::numeric * 1000) as "remainingMs",
    backend = pg_backend_pid() as "isOwn", ${isAliveSql} as "isAlive"
  from lease`;

const ownSession =
  'pg_backend_pid(), (select backend_start from pg_stat_activity where pid = pg_backend_pid())';

const runsOut = "clock_timestamp() + ?::bigint * interval '1 ms'";

const insertSql = `
  insert into lease (until, backend, backend_since, runs_out) values (?, ${ownSession}, ${runsOut}) returning token`;

const renewSql = `
  update lease set until = greatest(until, ?), (backend, backend_since, runs_out) = (select ${ownSession}, ${runsOut}) where token = ?`;

/**
 * The lease of a datastore whose workers may be anywhere. Within a process it runs out by the clock that its workers
 * share; between processes, which share none, by the server's, or at once when the session of its holder has ended.
 */
export function leaseStore(db: Db, inTransaction: InTransaction, bell: Bell): LeaseStore {
  let leaseMs = 0;
  let askedAtMs = 0;
  const find = async (
    asked: Db,
    nowMs: number,
  ): Promise<(Held & { readonly isOver: boolean }) | undefined> => {
    const [held] = await select<Held>(asked, findSql);
    return held && { ...held, isOver: !isHeld(held, nowMs) };
  };
  return {
    async acquire({ nowMs, untilMs }) {
      askedAtMs = nowMs;
      leaseMs = untilMs - nowMs;
      // Who stands by asks at every word that it hears: without the pen, of which whoever works has need.
      if ((await find(db, nowMs))?.isOver === false) return undefined;
      return inTransaction(async (tx) => {
        const held = await find(tx, nowMs);
        if (held?.isOver === false) return undefined;
        if (held !== undefined) await execute(tx, 'delete from lease where token = ?', held.token);
        // Whoever is too old for the tables has nothing in hand any more.
        const [known] = await select<{ version: number }>(tx, 'select version from schema_version');
        if (known === undefined || isTooNew(known.version)) return undefined;
        const [row] = await select<{ token: number }>(tx, insertSql, untilMs, leaseMs);
        return row?.token;
      });
    },

    renew: async (token, untilMs) => (await execute(db, renewSql, untilMs, leaseMs, token)) > 0,

    async release(token) {
      if ((await execute(db, 'delete from lease where token = ?', token)) > 0) await bell.ring();
    },

    async untilMs() {
      const [held] = await select<Held>(db, findSql);
      if (held === undefined) return undefined;
      return held.isOwn ? held.until : askedAtMs + held.remainingMs;
    },

    tell: () => bell.ring(),

    listen: (told) => bell.listen(told),
  };
}

const isHeld = ({ isOwn, until, isAlive, remainingMs }: Held, nowMs: number): boolean =>
  isOwn ? until > nowMs : isAlive && remainingMs > 0;
