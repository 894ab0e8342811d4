import type { Db } from '../../src/datastore/db.ts';
import { openSqlite } from '../../src/datastore/sqlite.ts';

/** How SQLite would run the queries that `ask` makes of a store, a line each. */
export async function queryPlanOf(ask: (db: Db) => Promise<unknown>): Promise<string[]> {
  const db = openSqlite(':memory:');
  const asked: { sql: string; parameters: readonly unknown[] }[] = [];
  await ask({
    ...db,
    ask(sql, parameters) {
      asked.push({ sql, parameters });
      return db.ask(sql, parameters);
    },
  });
  const plan: string[] = [];
  for (const { sql, parameters } of asked) {
    const { rows } = await db.ask(`explain query plan ${sql}`, parameters);
    plan.push(...rows.map((row) => (row as { detail: string }).detail));
  }
  await db.close();
  return plan;
}
