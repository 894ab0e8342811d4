import type { Datastore } from '../../src/datastore/index.ts';
import { datastoreOn } from '../../src/datastore/open.ts';
import { execute, select } from '../../src/datastore/query.ts';
import { openSqlite } from '../../src/datastore/sqlite.ts';

export interface EmptyDatastores {
  /** One with nothing in it; the one before is not to be used any more. */
  next(): Promise<Datastore>;
  close(): Promise<void>;
}

/** In memory, one after the other on the same tables: to make those, and to prepare all statements, takes longer. */
export async function emptyDatastores(): Promise<EmptyDatastores> {
  const db = openSqlite(':memory:');
  const named = "select name from sqlite_master where type = 'table' and name not like 'sqlite_%'";
  const tables = await select<{ name: string }>(db, named);
  return {
    async next() {
      for (const { name } of tables) await execute(db, `delete from "${name}"`);
      return datastoreOn(db, ':memory:');
    },
    close: () => db.close(),
  };
}
