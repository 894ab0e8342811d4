import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { serverProcessorMs } from './processor-time.ts';

/** What a server has done up to a moment. */
export interface Reading {
  readonly walBytes: number;
  /** Of this database. */
  readonly storedBytes: number;
  /** Those that have written something. */
  readonly transactions: number;
  /** Milliseconds of processor time; undefined: it is on another machine, or that does not say. */
  readonly serverMs: number | undefined;
}

export interface Meter {
  read(): Promise<Reading>;
  /** Rows that were written into this database. A session says so when it ends, so this waits for all the others. */
  rowsWritten(): Promise<number>;
  close(): Promise<void>;
}

const readingSql = `
  select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::float8 as wal,
    pg_database_size(current_database())::float8 as stored,
    pg_snapshot_xmax(pg_current_snapshot())::text::float8 as transactions`;

const rowsSql = `
  select (tup_inserted + tup_updated + tup_deleted)::float8 as rows from pg_stat_database where datname = current_database()`;

const othersSql = `
  select count(*)::int as others from pg_stat_activity
  where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'`;

/** Reads a server by a session of its own, which writes nothing. */
export async function openMeter(url: string): Promise<Meter> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const [{ pid } = { pid: 0 }] = (await client.query('select pg_backend_pid() as pid')).rows;
  const isHere = ['127.0.0.1', 'localhost', '::1'].includes(new URL(url).hostname);
  return {
    async read() {
      const [row] = (await client.query(readingSql)).rows;
      const serverMs = isHere ? serverProcessorMs(pid) : undefined;
      return { walBytes: row.wal, storedBytes: row.stored, transactions: row.transactions, serverMs };
    },
    async rowsWritten() {
      while ((await client.query(othersSql)).rows[0].others > 0) await pause(20);
      const [row] = (await client.query(rowsSql)).rows;
      return row.rows;
    },
    close: () => client.end(),
  };
}
