import LibSql from 'libsql';
import { InputError, messageOf } from '../kernel/index.ts';
import type { Answer, Database, Db } from './db.ts';
import { explainDriverError } from './errors.ts';
import { migrations } from './migrations.ts';
import {
  type Access,
  APPLICATION_ID,
  pragmaNumber,
  refuseForeign,
  unusable,
  usablePath,
} from './usable-file.ts';

type SqliteConnection = LibSql.Database;

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
export function openSqlite(
  file: string,
  { busyTimeoutMs = 5000, access = 'make' }: SqliteOptions = {},
): Database {
  let connection: SqliteConnection | undefined;
  try {
    const path = file === ':memory:' ? file : usablePath(file, access);
    connection = new LibSql(path);
    // First, so that of two programs that open the file at once one waits.
    connection.exec(`pragma busy_timeout = ${busyTimeoutMs}`);
    prepare(connection, file, access);
  } catch (thrown) {
    connection?.close();
    throw refusalOf(file, thrown);
  }
  return inTurn(connection, file !== ':memory:');
}

function prepare(connection: SqliteConnection, file: string, access: Access): void {
  const version = refuseForeign(connection, file, access);
  // libsql sets none of these by itself.
  if (access !== 'read') connection.exec('pragma journal_mode = wal');
  connection.exec(
    'pragma synchronous = full; pragma wal_autocheckpoint = 8000; pragma temp_store = memory; pragma secure_delete = fast',
  );
  if (version < migrations.length) migrate(connection);
  if (access === 'read') connection.exec('pragma query_only = on');
}

function migrate(connection: SqliteConnection): void {
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

const take = (connection: SqliteConnection, step: (typeof migrations)[number]): void =>
  typeof step === 'string' ? void connection.exec(step) : step(connection);

/** What all migrations lead to when there was nothing before: half the time of taking each. */
let newestSchema: string | undefined;

/** The statements that make a schema like this one. Of a new datastore that is all: migrations put in no rows. */
const schemaOf = (connection: SqliteConnection): string =>
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
  const code = thrown instanceof LibSql.SqliteError ? thrown.code : 'SQLITE_CANTOPEN';
  if (code === 'SQLITE_BUSY')
    return unusable(file, 'another program is busy with it', 'Try again when that has finished.');
  const why = wordsFor[code] ?? messageOf(thrown);
  return unusable(file, why, 'Name a file that this program made, or a new one.');
}

/**
 * One connection: while a transaction has it, what else is asked waits for its turn; otherwise that is answered before the call returns.
 * @param hasOthers Whether other programs may write to the same.
 */
function inTurn(connection: SqliteConnection, hasOthers: boolean): Database {
  const statements = new Map<string, Statement>();
  const waiting: (() => void)[] = [];
  let isTaken = false;

  /** libsql never gives a prepared statement back: there is one for each text. */
  function answer(sql: string, parameters: readonly unknown[]): Answer {
    let statement = statements.get(sql);
    if (statement === undefined) {
      statement = statementOf(connection, sql, hasOthers);
      statements.set(sql, statement);
    }
    return statement(parameters);
  }
  function done(sql: string, parameters: readonly unknown[], missing?: () => Error): void {
    const { rows } = answer(sql, parameters);
    if (missing !== undefined && rows.length === 0) throw missing();
  }
  async function alone<Result>(work: () => Result | Promise<Result>): Promise<Result> {
    if (isTaken) await new Promise<void>((resolve) => waiting.push(resolve));
    isTaken = true;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) isTaken = false;
      else next();
    }
  }
  const session: Db = {
    ask: async (sql, parameters) => answer(sql, parameters),
    send: async (sql, parameters, missing) => done(sql, parameters, missing),
    takeTime,
  };
  return {
    ask: async (sql, parameters) =>
      isTaken ? alone(() => answer(sql, parameters)) : answer(sql, parameters),
    send: async (sql, parameters, missing) =>
      isTaken ? alone(() => done(sql, parameters, missing)) : done(sql, parameters, missing),
    takeTime,
    transaction: (begin, work) => alone(() => allOrNothing(connection, begin, () => work(session))),
    async close() {
      statements.clear();
      connection.close();
    },
  };
}

/** Here nothing has a limit. */
async function takeTime(): Promise<void> {}

/**
 * Not prepared: a `begin` that was refused because another program is writing would stay under way, and until it
 * is tried again the connection would not see what others have written.
 */
async function allOrNothing<Result>(
  connection: SqliteConnection,
  begin: string,
  work: () => Promise<Result>,
): Promise<Result> {
  explained(() => connection.exec(begin));
  try {
    const result = await work();
    explained(() => connection.exec('commit'));
    return result;
  } catch (thrown) {
    // SQLite undoes some failed transactions itself; undoing them again would hide why they failed.
    if (connection.inTransaction) explained(() => connection.exec('rollback'));
    throw thrown;
  }
}

type Statement = (parameters: readonly unknown[]) => Answer;

function statementOf(connection: SqliteConnection, sql: string, hasOthers: boolean): Statement {
  const statement = explained(() => connection.prepare(sql));
  const act: Statement = statement.reader
    ? (parameters) => ({ rows: statement.all(parameters), changes: 0 })
    : (parameters) => ({ rows: [], changes: statement.run(parameters).changes });
  return hasOthers && writes.test(sql)
    ? (parameters) => explained(() => asAWhole(connection, () => act(parameters)))
    : (parameters) => explained(() => act(parameters));
}

const writes = /^\s*(?:insert|update|delete|replace)\b/i;

/**
 * A statement that another program's writing refuses would stay under way, and until it is tried again no transaction
 * could be committed: one that is no part of a transaction gets one, which is refused before the statement begins.
 */
function asAWhole<T>(connection: SqliteConnection, act: () => T): T {
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

function explained<T>(act: () => T): T {
  try {
    return act();
  } catch (thrown) {
    throw explainDriverError(thrown);
  }
}
