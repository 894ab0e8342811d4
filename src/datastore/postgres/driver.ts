import type { Dialect, Driver } from 'kysely';
import { PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler } from '../kysely.ts';
import type { Connection, Connections } from './sharing.ts';

/** Kysely over our sessions. Its own driver would wait for the answer to each statement. */
export const dialectOver = (sessions: Connections): Dialect => ({
  createAdapter: () => new PostgresAdapter(),
  createDriver: () => driverOver(sessions),
  createIntrospector: (db) => new PostgresIntrospector(db),
  createQueryCompiler: () => new PostgresQueryCompiler(),
});

const driverOver = (sessions: Connections): Driver => ({
  init: async () => {},
  acquireConnection: () => sessions.connect(),
  beginTransaction: byStatements,
  commitTransaction: byStatements,
  rollbackTransaction: byStatements,
  releaseConnection: async (session) => (session as Connection).release(),
  destroy: () => sessions.end(),
});

async function byStatements(): Promise<never> {
  throw new TypeError('transactions are begun and ended by statements');
}
