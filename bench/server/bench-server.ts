import pg from 'pg';
import { isServer } from '../../src/datastore/index.ts';
import { InputError } from '../../src/kernel/index.ts';
import { binFolder, startServer } from '../../test/distributed/server.ts';

/** A server on which there may be databases for a while. */
export interface BenchServer {
  /** Lends an empty database on it, and takes it away again. */
  withDatabase<T>(work: (place: string) => Promise<T>): Promise<T>;
  about(): Promise<ServerFacts>;
  /** Ends it, where it was started for this. */
  end(): Promise<void>;
}

export interface ServerFacts {
  readonly version: string;
  /** Whether what is acknowledged is on its disk: `fsync` and `synchronous_commit`. */
  readonly isOnDisk: boolean;
}

const nowhere = () =>
  new InputError({
    message: 'there is no PostgreSQL to measure',
    help: 'Install its programs (Debian: apt-get install postgresql), say in POSTGRES_BIN where they are, or name a server in DATASTORE, where a database is made for this and dropped again.',
  });

/**
 * A server of this run's own, as `npm run test:distributed` has it, but one that waits for its disk; where its programs are not there,
 * the one that DATASTORE names.
 * @throws {InputError} neither is there.
 */
export async function benchServer(env: NodeJS.ProcessEnv = process.env): Promise<BenchServer> {
  const { DATASTORE = '' } = env;
  if (binFolder(env) !== undefined) {
    const own = await startServer({ settings: ['fsync=on'] });
    return serverAt(own.url, () => own.remove());
  }
  if (!isServer(DATASTORE)) throw nowhere();
  return serverAt(DATASTORE, async () => {});
}

function serverAt(url: string, end: () => Promise<void>): BenchServer {
  let databases = 0;
  return {
    async withDatabase(work) {
      const name = `bench_${process.pid}_${++databases}`;
      await ask(url, `create database ${name}`);
      try {
        // Whatever is measured begins behind one, and pages are written whole again from there on.
        await ask(url, 'checkpoint').catch(() => {});
        const place = new URL(url);
        place.pathname = `/${name}`;
        return await work(place.href);
      } finally {
        await ask(url, `drop database ${name} with (force)`);
      }
    },
    async about() {
      const settings = 'server_version fsync synchronous_commit'.split(' ');
      const [row = {}] = await ask(
        url,
        `select ${settings.map((name) => `current_setting('${name}') as ${name}`).join(', ')}`,
      );
      return {
        version: String(row.server_version).replace(/ .*/, ''),
        isOnDisk: row.fsync === 'on' && row.synchronous_commit !== 'off',
      };
    },
    end,
  };
}

async function ask(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  try {
    await client.connect();
    return (await client.query(sql)).rows;
  } catch (thrown) {
    if (thrown instanceof pg.DatabaseError || !(thrown instanceof Error)) throw thrown;
    throw new InputError({
      message: `the server cannot be reached: ${thrown.message}`,
      help: 'Check DATASTORE.',
    });
  } finally {
    await client.end().catch(() => {});
  }
}
