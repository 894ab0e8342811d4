import { AppError } from '../../kernel/index.ts';
import type { Datastore } from '../datastore.ts';
import type { Database } from '../db.ts';
import { idempotencyStore } from '../idempotency.ts';
import { loadOf } from '../load.ts';
import { statistics } from '../statistics.ts';
import { type InTransaction, isEmpty, storesIn, storesOf } from '../stores.ts';
import type { Access } from '../usable-file.ts';
import { type Address, readAddress } from './address.ts';
import { createBell } from './bell.ts';
import { check } from './check.ts';
import { claimConsumption } from './claim.ts';
import { type SessionOptions, schemaName, sessions } from './connection.ts';
import { keyClaims } from './key-claims.ts';
import { leaseStore } from './leases.ts';
import { prepareSchema } from './migrate.ts';
import { purge } from './purge.ts';
import { refusalOf } from './refusal.ts';
import { shared } from './sharing.ts';
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
    return work(patient).finally(() => patient.close());
  };
  try {
    await withPatience((db) => prepareSchema(db, address, access));
  } catch (thrown) {
    throw refusalOf(address, thrown);
  }
  const writing = { ...limits, isReadOnly, ...(!isReadOnly && { begin: succession() }) };
  return datastoreOn({
    pen: databaseOf(address, writing),
    reading: databaseOf(address, { ...limits, isReadOnly: true }),
    reckoning: databaseOf(address, { ...limits, isReadOnly: true, idleMs: 10_000 }),
    address,
    withPatience,
  });
}

type WithPatience = <T>(work: (db: Database) => Promise<T>) => Promise<T>;

const databaseOf = (address: Address, options: SessionOptions): Database =>
  shared(sessions(address, options));

interface Parts {
  readonly pen: Database;
  readonly reading: Database;
  /** For what reads whole tables: nobody who is in a hurry waits behind it. */
  readonly reckoning: Database;
  readonly address: Address;
  readonly withPatience: WithPatience;
}

function datastoreOn({ pen, reading, reckoning, address, withPatience }: Parts): Datastore {
  const bell = createBell(pen, address);
  const toWrite: InTransaction = (work) => pen.transaction(beginWriting, work);
  let closing: Promise<void> | undefined;
  return {
    ...storesOf(pen, toWrite),
    statistics: {
      ...statistics((work) =>
        reckoning.transaction(beginReading, (tx) => tx.takeTime().then(() => work(tx))),
      ),
      load: (asked) => reading.transaction(beginReading, (tx) => loadOf(tx, asked)),
    },
    idempotency: idempotencyStore(pen, toWrite, keyClaims(pen)),
    leases: leaseStore(pen, toWrite, bell),
    copyTo: async () => {
      throw new NotCopiedError(address.shown);
    },
    check: () => check(pen),
    isEmpty: () => isEmpty(pen),
    transaction: (work) => toWrite((tx) => work(storesIn(tx))),
    claimConsumption: ({ isAlone = false } = {}) => claimConsumption(pen, address.shown, isAlone),
    purge: () => withPatience(purge),
    close() {
      const all = [bell, pen, reading, reckoning];
      closing ??= Promise.all(all.map((part) => part.close())).then(() => {});
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
