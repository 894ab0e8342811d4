import { AppError } from '../../kernel/index.ts';
import type { Datastore } from '../datastore.ts';
import { idempotencyStore } from '../idempotency.ts';
import { Kysely } from '../kysely.ts';
import { loadOf } from '../load.ts';
import { execute, takeTime } from '../query.ts';
import type { Schema } from '../schema.ts';
import type { Db } from '../sqlite.ts';
import { statistics } from '../statistics.ts';
import { type InTransaction, isEmpty, storesOf } from '../stores.ts';
import type { Access } from '../usable-file.ts';
import { type Address, readAddress } from './address.ts';
import { createBell } from './bell.ts';
import { check } from './check.ts';
import { claimConsumption } from './claim.ts';
import { type SessionOptions, schemaName, sessions } from './connection.ts';
import { dialectOver } from './driver.ts';
import { keyClaims } from './key-claims.ts';
import { leaseStore } from './leases.ts';
import { prepareSchema } from './migrate.ts';
import { purge } from './purge.ts';
import { refusalOf } from './refusal.ts';
import { type Connections, shareable } from './sharing.ts';
import { succession } from './succession.ts';

export interface PostgresOptions {
  /** Default `make`. */
  access?: Access;
  /** How long one waits while another worker writes. Default 5,000. */
  lockTimeoutMs?: number;
  /** How long one statement of the stores may take, unless it grows with the tables; then its session is opened anew. Default 15,000. */
  statementTimeoutMs?: number;
}

/**
 * Opens the database, and brings our tables in it to the newest version. One session has the pen: all of the stores is asked
 * there, and answered one after the other, as with the one connection of a file. What asks how much waits has another, and what reads whole tables one of its own.
 * @throws {InputError} when it cannot be reached or used. What it says holds no password.
 */
export async function openPostgres(url: string, options: PostgresOptions = {}): Promise<Datastore> {
  const { access = 'make', lockTimeoutMs = 5000, statementTimeoutMs = 15_000 } = options;
  const address = readAddress(url);
  const limits = { sessions: 1, lockTimeoutMs, statementTimeoutMs };
  const isReadOnly = access === 'read';
  /** For what takes the longer, the more there is: tables written anew. */
  const withPatience: WithPatience = async (work) => {
    const patient = databaseOf(address, { ...limits, statementTimeoutMs: 0, isReadOnly });
    return work(patient).finally(() => patient.destroy());
  };
  try {
    await withPatience((db) => prepareSchema(db, address, access));
  } catch (thrown) {
    throw refusalOf(address, thrown);
  }
  const writing = { ...limits, isReadOnly, ...(!isReadOnly && { begin: succession() }) };
  const { alone, shared } = shareable(sessions(address, writing));
  return datastoreOn({
    pen: databaseOver(shared),
    alone: databaseOver(alone),
    reading: databaseOf(address, { ...limits, isReadOnly: true }),
    reckoning: databaseOf(address, { ...limits, isReadOnly: true, idleMs: 10_000 }),
    address,
    withPatience,
  });
}

type WithPatience = <T>(work: (db: Db) => Promise<T>) => Promise<T>;

const databaseOver = (connections: Connections): Db =>
  new Kysely<Schema>({ dialect: dialectOver(connections) });

const databaseOf = (address: Address, options: SessionOptions): Db =>
  databaseOver(sessions(address, options));

interface Parts {
  /** For one statement at a time. */
  readonly pen: Db;
  /** Of the same session, for transactions. */
  readonly alone: Db;
  readonly reading: Db;
  /** For what reads whole tables: nobody who is in a hurry waits behind it. */
  readonly reckoning: Db;
  readonly address: Address;
  readonly withPatience: WithPatience;
}

function datastoreOn({ pen, alone, reading, reckoning, address, withPatience }: Parts): Datastore {
  const bell = createBell(pen, address);
  const toWrite: InTransaction = (work) => inOne(alone, beginWriting, work);
  let closing: Promise<void> | undefined;
  return {
    ...storesOf(pen, toWrite),
    statistics: {
      ...statistics((work) => inOne(reckoning, beginReading, (tx) => takeTime(tx).then(() => work(tx)))),
      load: (asked) => inOne(reading, beginReading, (tx) => loadOf(tx, asked)),
    },
    idempotency: idempotencyStore(pen, toWrite, keyClaims(pen)),
    leases: leaseStore(pen, toWrite, bell),
    copyTo: async () => {
      throw new NotCopiedError(address.shown);
    },
    check: () => check(pen),
    isEmpty: () => isEmpty(pen),
    transaction: (work) => toWrite((tx) => work(storesOf(tx, (inner) => inner(tx)))),
    claimConsumption: ({ isAlone = false } = {}) => claimConsumption(pen, address.shown, isAlone),
    purge: () => withPatience(purge),
    close() {
      closing ??= Promise.all([
        bell.close(),
        pen.destroy(),
        alone.destroy(),
        reading.destroy(),
        reckoning.destroy(),
      ]).then(() => {});
      return closing;
    },
  };
}

const beginReading = 'begin isolation level repeatable read read only';

/**
 * Of all workers on the database one writes at a time, as on a file: what is read in a transaction that writes is still so
 * when it is committed, and positions are committed in their order.
 */
const beginWriting = `begin; select pg_advisory_xact_lock(hashtext('${schemaName}.pen'))`;

function inOne<T>(db: Db, begin: string, work: (tx: Db) => Promise<T>): Promise<T> {
  return db.connection().execute(async (session) => {
    try {
      await execute(session, begin);
      const result = await work(session);
      await execute(session, 'commit');
      return result;
    } catch (thrown) {
      // What has cut off the session has undone it too.
      await execute(session, 'rollback').catch(() => {});
      throw thrown;
    }
  });
}

/** What the server itself copies. */
class NotCopiedError extends AppError {
  readonly code = 'not_copied';

  constructor(shown: string) {
    super({
      message: `"${shown}" cannot be copied to a file`,
      help: 'Take a copy with pg_dump, or make another database from it: create database … template ….',
    });
  }
}
