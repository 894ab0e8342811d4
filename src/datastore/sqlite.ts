import type { Kysely as KyselyType, SqliteDatabase, SqliteStatement } from 'kysely';
import Database from 'libsql';
import { InputError, messageOf } from '../kernel/index.ts';
import { explainDriverError } from './errors.ts';
import { Kysely, SqliteDialect } from './kysely.ts';
import { migrations } from './migrations.ts';
import type { Schema } from './schema.ts';
import {
  type Access,
  APPLICATION_ID,
  pragmaNumber,
  refuseForeign,
  unusable,
  usablePath,
} from './usable-file.ts';

export type Db = KyselyType<Schema>;

export interface SqliteOptions {
  busyTimeoutMs?: number;
  access?: Access;
}

/**
 * Opens the file (or memory), and brings its schema to the newest version. A statement that waits longer than
 * `busyTimeoutMs` for another program, or that the disk does not let through, throws a
 * {@link DatastoreUnavailableError}.
 * @throws {InputError} when it cannot be opened, is not ours, is damaged, or is newer than this program.
 */
export function openSqlite(file: string, { busyTimeoutMs = 5000, access = 'make' }: SqliteOptions = {}): Db {
  let connection: Database.Database | undefined;
  try {
    const path = file === ':memory:' ? file : usablePath(file, access);
    connection = new Database(path);
    // First, so that of two programs that open the file at once one waits.
    connection.exec(`pragma busy_timeout = ${busyTimeoutMs}`);
    prepare(connection, file, access);
  } catch (thrown) {
    connection?.close();
    throw refusalOf(file, thrown);
  }
  const database = withStatementCache(connection, file !== ':memory:');
  return new Kysely<Schema>({ dialect: new SqliteDialect({ database }) });
}

function prepare(connection: Database.Database, file: string, access: Access): void {
  const version = refuseForeign(connection, file, access);
  // libsql sets none of these by itself.
  if (access !== 'read') connection.exec('pragma journal_mode = wal');
  connection.exec(
    'pragma synchronous = full; pragma wal_autocheckpoint = 8000; pragma temp_store = memory; pragma secure_delete = fast',
  );
  if (version < migrations.length) migrate(connection);
  if (access === 'read') connection.exec('pragma query_only = on');
}

function migrate(connection: Database.Database): void {
  connection.exec('begin immediate');
  // Asked again: another program may have done it while this one waited.
  const version = pragmaNumber(connection, 'user_version');
  if (version === 0 && newestSchema !== undefined) connection.exec(newestSchema);
  else for (const step of migrations.slice(version)) take(connection, step);
  connection.exec(
    `pragma application_id = ${APPLICATION_ID}; pragma user_version = ${migrations.length}; commit`,
  );
  if (version === 0) newestSchema ??= schemaOf(connection);
}

const take = (connection: Database.Database, step: (typeof migrations)[number]): void =>
  typeof step === 'string' ? void connection.exec(step) : step(connection);

/** What all migrations lead to when there was nothing before: half the time of taking each. */
let newestSchema: string | undefined;

/** The statements that make a schema like this one. Of a new datastore that is all: migrations put in no rows. */
const schemaOf = (connection: Database.Database): string =>
  connection
    .prepare(
      `select sql from sqlite_schema where sql is not null and name not like 'sqlite\\_%' escape '\\' order by rowid`,
    )
    .pluck()
    .all()
    .join(';\n');

const wordsFor: Readonly<Record<string, string>> = {
  SQLITE_CANTOPEN: 'it cannot be opened or made',
  SQLITE_CORRUPT: 'it is damaged, or cut off',
};

function refusalOf(file: string, thrown: unknown): InputError {
  if (thrown instanceof InputError) return thrown;
  const code = thrown instanceof Database.SqliteError ? thrown.code : 'SQLITE_CANTOPEN';
  if (code === 'SQLITE_BUSY')
    return unusable(file, 'another program is busy with it', 'Try again when that has finished.');
  const why = wordsFor[code] ?? messageOf(thrown);
  return unusable(file, why, 'Name a file that this program made, or a new one.');
}

/**
 * Kysely prepares a statement for every execution, which is most of a query's cost and which libsql
 * never gives back; with one statement for each text, neither happens.
 */
function withStatementCache(connection: Database.Database, hasOthers: boolean): SqliteDatabase {
  const statements = new Map<string, SqliteStatement>();
  return {
    prepare(sql) {
      let statement = statements.get(sql);
      if (statement === undefined) {
        statement = asKyselyStatement(connection, sql, hasOthers);
        statements.set(sql, statement);
      }
      return statement;
    },
    close() {
      statements.clear();
      connection.close();
    },
  };
}

/** @param hasOthers Whether other programs may write to the same. */
function asKyselyStatement(connection: Database.Database, sql: string, hasOthers: boolean): SqliteStatement {
  if (/^(begin|commit|rollback)\b/.test(sql)) return transactionControl(connection, sql);
  const statement = explained(() => connection.prepare(sql));
  const isWrite = writes.test(sql);
  const whole = <T>(act: () => T): T => (hasOthers && isWrite ? inTransaction(connection, act) : act());
  return {
    reader: statement.reader,
    all: (parameters) => explained(() => whole(() => statement.all(parameters))),
    run: (parameters) => explained(() => whole(() => statement.run(parameters))),
    iterate: (parameters) => statement.iterate(parameters) as IterableIterator<unknown>,
  };
}

const writes = /^\s*(?:insert|update|delete|replace)\b/i;

/**
 * A statement that another program's writing refuses would stay under way, and until it is tried again no transaction
 * could be committed: one that is no part of a transaction gets one, which is refused before the statement begins.
 */
function inTransaction<T>(connection: Database.Database, act: () => T): T {
  if (connection.inTransaction) return act();
  connection.exec('begin immediate');
  try {
    const result = act();
    connection.exec('commit');
    return result;
  } catch (thrown) {
    if (connection.inTransaction) connection.exec('rollback');
    throw thrown;
  }
}

/**
 * Not prepared: a `begin` that was refused because another program is writing would stay under way, and until it
 * is tried again the connection would not see what others have written.
 */
function transactionControl(connection: Database.Database, sql: string): SqliteStatement {
  const isRollback = sql === 'rollback';
  const nothing = { changes: 0, lastInsertRowid: 0 };
  return {
    reader: false,
    all: () => [],
    run() {
      // SQLite undoes some failed transactions itself; undoing them again would hide why they failed.
      if (!isRollback || connection.inTransaction) explained(() => connection.exec(sql));
      return nothing;
    },
    iterate: () => [].values(),
  };
}

function explained<T>(act: () => T): T {
  try {
    return act();
  } catch (thrown) {
    throw explainDriverError(thrown);
  }
}
