import type { Db } from '../../src/datastore/db.ts';
import { openSqlite } from '../../src/datastore/sqlite.ts';

/** How SQLite would run the queries that `ask` makes of a store, a line each. */
export async function queryPlanOf(ask: (db: Db) => Promise<unknown>): Promise<string[]> {
  const db = openSqlite(':memory:');
  const asked: { sql: string; parameters: readonly unknown[] }[] = [];
  const note = (sql: string, parameters: readonly unknown[]): void => {
    asked.push({ sql, parameters });
  };
  await ask({
    ...db,
    ask(sql, parameters) {
      note(sql, parameters);
      return db.ask(sql, parameters);
    },
    send(sql, parameters, missing) {
      note(sql, parameters);
      return db.send(sql, parameters, missing);
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
