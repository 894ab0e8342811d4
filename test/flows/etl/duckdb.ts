import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import type { MemoryFolder } from '../../../src/flows/etl/folder.ts';

/** What others read in the warehouse: the facts, and the sums that the facts come to beside those that were written. */
export async function readByDuckDb({ files }: MemoryFolder) {
  const folder = mkdtempSync(join(tmpdir(), 'warehouse-'));
  for (const [name, bytes] of files) writeFileSync(join(folder, name), bytes);
  const instance = await DuckDBInstance.create();
  const connection = await instance.connect();
  const ask = async (sql: string): Promise<readonly (readonly string[])[]> => {
    const result = await connection.runAndReadAll(sql.replaceAll('$', `${folder}/`));
    return result.getRows().map((row) => row.map(String));
  };
  try {
    if (![...files.keys()].some((name) => name.startsWith('rides-')))
      return { facts: [], sums: [], written: [] };
    return {
      facts: await ask(
        "SELECT ride_id, station, metres, price_minor, started_at, source FROM '$rides-*.parquet' ORDER BY ride_id",
      ),
      sums: await ask(
        "SELECT station, count(*), sum(metres), sum(price_minor) FROM '$rides-*.parquet' GROUP BY station ORDER BY station",
      ),
      written: await ask(
        "SELECT station, rides, metres, price_minor FROM '$stations.parquet' ORDER BY station",
      ),
    };
  } finally {
    connection.closeSync();
    instance.closeSync();
    rmSync(folder, { recursive: true });
  }
}
