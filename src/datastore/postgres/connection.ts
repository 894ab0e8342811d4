import { Socket } from 'node:net';
import type { ClientConfig, PoolClient } from 'pg';
import type { Db } from '../db.ts';
import type { Address } from './address.ts';
import { explainPostgresError } from './errors.ts';
import { pg } from './pg.ts';
import { Session, silenceMs } from './session.ts';

/** Where the tables stand, so that another program's in the same database are never taken for ours. */
export const schemaName = 'notification_architectures';

export interface SessionOptions {
  /** How many at most. */
  readonly sessions: number;
  /** How long one waits for a lock of another's. */
  readonly lockTimeoutMs: number;
  /** How long one statement may take; 0: as long as it takes. */
  readonly statementTimeoutMs: number;
  readonly isReadOnly: boolean;
  /** For how long one is kept of which nobody has need. Left out: for good. */
  readonly idleMs?: number;
  /** Asked in each new session before anything else is. */
  readonly begin?: (session: Db) => Promise<void>;
}

/**
 * No transaction of ours waits for anything but the database, so that one in which nothing is asked for so long is that of a
 * process that stands still; it keeps everybody else from writing.
 */
const longestPauseMs = 5000;

/**
 * The server ends what has been cut off: within seconds where the client is silent, or stands still in a transaction, so that
 * its locks are free.
 */
const settings = [
  `search_path=${schemaName}`,
  // A plan that was made while a table was small stays, and is wrong by the thousand (see the ADR): plan anew.
  'plan_cache_mode=force_custom_plan',
  'jit=off',
  // A set of rows that is given is looked up row by row: what is asked all the time is in memory, and a table read whole is no bargain.
  'random_page_cost=1.1',
  'tcp_keepalives_idle=5',
  'tcp_keepalives_interval=2',
  'tcp_keepalives_count=3',
];

export function clientConfig(address: Address): ClientConfig {
  const { applicationName: application_name, shown: _, ...rest } = address;
  return {
    ...rest,
    application_name,
    keepAlive: true,
    keepAliveInitialDelayMillis: 5000,
    connectionTimeoutMillis: 10_000,
    stream: socketThatEnds,
  };
}

/** One that is taken leave of, and hears no answer to that, is gone. */
function socketThatEnds(): Socket {
  const socket = new Socket();
  return socket.once('finish', () => setTimeout(() => socket.destroy(), silenceMs).unref());
}

export interface Sessions {
  connect(): Promise<Session>;
  end(): Promise<void>;
}

/** One that has failed is not used again, and another is opened in its place. */
export function sessions(address: Address, options: SessionOptions): Sessions {
  const { statementTimeoutMs, lockTimeoutMs, isReadOnly, begin = async () => {} } = options;
  const pool = new pg.Pool({
    ...clientConfig(address),
    options: [...settings, ...(isReadOnly ? ['default_transaction_read_only=on'] : [])]
      .map((setting) => `-c ${setting}`)
      .join(' '),
    max: options.sessions,
    pipeline: true,
    idleTimeoutMillis: options.idleMs ?? 0,
    statement_timeout: statementTimeoutMs,
    lock_timeout: lockTimeoutMs,
    idle_in_transaction_session_timeout: longestPauseMs,
    types: { getTypeParser },
  });
  // Whoever asks next is told. A session that ends while nobody asks, in a transaction or out of one, is no reason to die.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  const longestAnswerMs = statementTimeoutMs > 0 ? statementTimeoutMs + silenceMs : undefined;
  const begun = new WeakSet<PoolClient>();
  return {
    async connect() {
      try {
        const client = await pool.connect();
        const session = new Session(client, longestAnswerMs);
        if (!begun.has(client)) {
          await begin(session).catch((thrown) => {
            client.release(true);
            throw thrown;
          });
          begun.add(client);
        }
        return session;
      } catch (thrown) {
        throw explainPostgresError(thrown);
      }
    },
    end: () => pool.end(),
  };
}

const int8 = 20;
const numeric = 1700;

/** Whole numbers are numbers, as SQLite gives them: none of ours is greater than 2^53. */
const getTypeParser = ((oid: number, format?: 'text' | 'binary') =>
  oid === int8 || oid === numeric
    ? Number
    : pg.types.getTypeParser(oid, format as 'text')) as typeof pg.types.getTypeParser;
