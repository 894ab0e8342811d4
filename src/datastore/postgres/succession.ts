import type { Db } from '../db.ts';
import { execute, select } from '../query.ts';

interface Session {
  readonly backend: number;
  readonly since: string;
}

/** The beginning as text: a date of JavaScript's has no microseconds. */
const ownSessionSql = `
  select pid as backend, backend_start::text as since from pg_stat_activity where pid = pg_backend_pid()`;

const takeOnSql = `
  update lease set backend = ?, backend_since = ?::timestamptz where backend = ? and backend_since = ?::timestamptz`;

/**
 * For the sessions of one process that follow each other. The lease of one that has ended is its successor's, if nobody has
 * taken it meanwhile: otherwise the process went on under a lease that is anybody's to take, and what it was sending would
 * be sent by whoever takes it, too.
 * @returns what each session asks before anything else is asked there.
 */
export function succession(): (session: Db) => Promise<void> {
  let before: Session | undefined;
  return async (session) => {
    const [now] = await select<Session>(session, ownSessionSql);
    if (now === undefined) return;
    if (before !== undefined) {
      await execute(session, takeOnSql, now.backend, now.since, before.backend, before.since);
    }
    before = now;
  };
}
