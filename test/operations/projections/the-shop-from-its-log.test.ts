import { expect, test } from 'vitest';
import type { Db } from '../../../src/datastore/db.ts';
import { datastoreOn } from '../../../src/datastore/open.ts';
import { select } from '../../../src/datastore/query.ts';
import { openSqlite } from '../../../src/datastore/sqlite.ts';
import { createIds, seededRandom, VirtualClock } from '../../../src/kernel/index.ts';
import { readHistory } from '../../../src/lab/replay/index.ts';
import { catchUp, rowsOf } from '../../../src/operations/projections/index.ts';
import { createServices, execute } from '../../../src/services/index.ts';
import { shopTables } from './shop-tables.ts';

const sample = 'examples/history/adventureworks-sample.ndjson';
const tables = ['customer', 'product', 'cart_item', 'shop_order', 'line_item', 'payment'] as const;

test("the shop's tables are made of the log of the sample history alone, row by row", async () => {
  const db = openSqlite(':memory:');
  const datastore = datastoreOn(db, ':memory:');
  let rowsCompared = 0;

  // In the middle there is something in the carts; at the end all of it was bought.
  for await (const { commands } of played(datastore, sample)) {
    if (commands !== 2700 && commands !== 5400) continue;
    const { failure } = await catchUp(datastore, shopTables);
    expect(failure).toBeNull();
    const made = new Map<string, unknown>();
    for await (const { key, value } of rowsOf(datastore, 'shop-tables')) made.set(key, value);
    for (const table of tables) {
      const those = [...made].filter(([key]) => key.startsWith(`${table} `)).map(([, row]) => row);
      const kept = await rowsIn(db, table);
      if (commands === 2700) expect(kept.length).toBeGreaterThan(10);
      expect(sorted(those)).toEqual(sorted(kept));
      rowsCompared += kept.length;
    }
  }

  expect(rowsCompared).toBeGreaterThan(3900);
  await datastore.close();
}, 60_000);

async function* played(
  datastore: ReturnType<typeof datastoreOn>,
  file: string,
): AsyncGenerator<{ readonly commands: number }> {
  const clock = new VirtualClock(0);
  const ids = createIds(clock, seededRandom(1));
  const services = createServices({ clock, ids, datastore, publisher: { publish: async () => {} } });
  let commands = 0;
  for await (const line of readHistory(file, {})) {
    if (line.error !== undefined) throw line.error;
    await clock.advanceTo(line.atMs, async () => {});
    await execute(services, line.command);
    yield { commands: ++commands };
  }
}

/** Without where the log ended when an item came into a cart: that is about the log, not about the cart. */
async function rowsIn(db: Db, table: (typeof tables)[number]): Promise<unknown[]> {
  const rows = await select<Record<string, unknown>>(db, `select * from ${table}`);
  return rows.map(({ added_after, ...row }) => row);
}

const sorted = (rows: readonly unknown[]): unknown[] =>
  [...rows].sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));

const keyOf = (row: unknown): string => {
  const { order_id, product_id, customer_id, id } = row as Record<string, string>;
  return id === undefined ? `${product_id} ${customer_id}` : `${order_id} ${id}`;
};
