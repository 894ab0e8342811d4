import { statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Kysely as KyselyType, SqliteDatabase, SqliteStatement } from 'kysely';
import Database from 'libsql';
import { InputError, messageOf } from '../kernel/index.ts';
import { explainDriverError } from './errors.ts';
import { Kysely, SqliteDialect } from './kysely.ts';
import { migrations } from './migrations.ts';
import type { Schema } from './schema.ts';

export type Db = KyselyType<Schema>;

/** Marks a file as ours ("noti"), so that another program's database is never migrated by mistake. */
const APPLICATION_ID = 0x6e6f7469;

/**
 * Opens the file (or memory), and brings its schema to the newest version. A statement that waits longer than
 * `busyTimeoutMs` for another program, or that the disk does not let through, throws a
 * {@link DatastoreUnavailableError}.
 * @throws {InputError} when it cannot be opened, is not ours, or is newer than this program.
 */
export function openSqlite(file: string, busyTimeoutMs = 5000): Db {
  let connection: Database.Database | undefined;
  try {
    connection = new Database(pathOf(file));
    migrate(connection, file, busyTimeoutMs);
  } catch (thrown) {
    connection?.close();
    if (thrown instanceof InputError) throw thrown;
    if (codeOf(thrown) === 'SQLITE_BUSY') {
      throw unusable(file, 'another program is busy with it', 'Try again when that has finished.');
    }
    const why = connection === undefined ? 'it cannot be opened or made' : messageOf(thrown);
    throw unusable(file, why, 'Name a file that this program made, or a new one.');
  }
  return new Kysely<Schema>({ dialect: new SqliteDialect({ database: withStatementCache(connection) }) });
}

/** An absolute path, so that nothing in the name is taken for the address of a server. */
function pathOf(file: string): string {
  if (file === ':memory:') return file;
  if (file === '') throw unusable(file, 'it has no name', 'Name a file.');
  const path = resolve(file);
  if (!isDirectory(dirname(path)))
    throw unusable(file, 'its folder does not exist', 'Make the folder first.');
  if (isDirectory(path)) throw unusable(file, 'it is a directory', 'Name a file.');
  return path;
}

const isDirectory = (path: string): boolean =>
  statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;

function migrate(connection: Database.Database, file: string, busyTimeoutMs: number): void {
  // First, so that of two programs that open the file at once one waits.
  connection.exec(`pragma busy_timeout = ${busyTimeoutMs}`);
  const version = pragmaNumber(connection, 'user_version');
  const isOurs = pragmaNumber(connection, 'application_id') === APPLICATION_ID;
  const isNew = connection.prepare('select 1 from sqlite_master limit 1').get() === undefined;
  if (!isOurs && !isNew) {
    throw unusable(
      file,
      'it is a database of another program',
      'Name a file that this program made, or a new one.',
    );
  }
  if (version > migrations.length) {
    throw unusable(
      file,
      `its schema version ${version} is newer than ${migrations.length}`,
      'Update this program.',
    );
  }
  // libsql sets none of these by itself.
  connection.exec('pragma journal_mode = wal; pragma synchronous = full');
  connection.exec('pragma wal_autocheckpoint = 8000; pragma temp_store = memory');
  if (version === migrations.length) return;
  connection.exec('begin immediate');
  // Asked again: another program may have done it while this one waited.
  for (const step of migrations.slice(pragmaNumber(connection, 'user_version')))
    if (typeof step === 'string') connection.exec(step);
    else step(connection);
  connection.exec(
    `pragma application_id = ${APPLICATION_ID}; pragma user_version = ${migrations.length}; commit`,
  );
}

function pragmaNumber(connection: Database.Database, name: string): number {
  const row = connection.prepare(`pragma ${name}`).get() as Record<string, unknown>;
  return Number(row[name]);
}

const codeOf = (thrown: unknown): unknown =>
  thrown instanceof Database.SqliteError ? thrown.code : undefined;

function unusable(file: string, why: string, help: string): InputError {
  return new InputError({ message: `cannot use "${file}" as the datastore: ${why}`, help });
}

/**
 * Kysely prepares a statement for every execution, which is most of a query's cost and which libsql
 * never gives back; with one statement for each text, neither happens.
 */
function withStatementCache(connection: Database.Database): SqliteDatabase {
  const statements = new Map<string, SqliteStatement>();
  return {
    prepare(sql) {
      let statement = statements.get(sql);
      if (statement === undefined) {
        statement = asKyselyStatement(connection, sql);
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

function asKyselyStatement(connection: Database.Database, sql: string): SqliteStatement {
  if (/^(begin|commit|rollback)\b/.test(sql)) return transactionControl(connection, sql);
  const statement = explained(() => connection.prepare(sql));
  return {
    reader: statement.reader,
    all: (parameters) => explained(() => statement.all(parameters)),
    run: (parameters) => explained(() => statement.run(parameters)),
    iterate: (parameters) => statement.iterate(parameters) as IterableIterator<unknown>,
  };
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
