import { type Db, openSqlite } from '../../src/datastore/sqlite.ts';

/** How SQLite would run the queries that `ask` makes of a store, a line each. */
export async function queryPlanOf(ask: (db: Db) => Promise<unknown>): Promise<string[]> {
  const db = openSqlite(':memory:');
  type Query = Parameters<Db['executeQuery']>[0];
  const queries: { sql: string }[] = [];
  const listening = {
    executeQuery: (query: Query) => {
      if ('sql' in query) queries.push(query);
      return db.executeQuery(query);
    },
  } as unknown as Db;
  await ask(listening);
  const plan: string[] = [];
  for (const query of queries) {
    const explained = { ...query, sql: `explain query plan ${query.sql}` } as unknown as Query;
    const { rows } = await db.executeQuery(explained);
    plan.push(...rows.map((row) => (row as { detail: string }).detail));
  }
  await db.destroy();
  return plan;
}
