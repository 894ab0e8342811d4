import type { Compilable, CompiledQuery as Compiled, QueryResult } from 'kysely';
import {
  CompiledQuery,
  DummyDriver,
  Kysely,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from './kysely.ts';
import type { Schema } from './schema.ts';
import type { Db } from './sqlite.ts';

/** Builds and compiles queries without a database. */
const builder = new Kysely<Schema>({
  dialect: {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  },
});

/** Stands for a parameter in a query that is compiled once and bound at each run. */
// biome-ignore lint/suspicious/noExplicitAny: it stands for a value of any column.
export const slot: any = Symbol('slot');

type Parameter = string | number | null;

/**
 * A query that is built and compiled at its first run only, and takes its parameters in the order in
 * which their slots stand in it: the builder costs more than the query itself.
 */
export function prepared<Row>(
  build: (db: Db) => Compilable<Row>,
): (db: Db, ...parameters: Parameter[]) => Promise<Row[]> {
  let compiled: Compiled<Row> | undefined;
  return async (db, ...parameters) => {
    compiled ??= build(builder).compile();
    let next = 0;
    const bound = compiled.parameters.map((value) => (value === slot ? parameters[next++] : value));
    return (await db.executeQuery<Row>({ ...compiled, parameters: bound })).rows;
  };
}

/** The same for a statement written in SQL; says how many rows it changed. */
export async function execute(db: Db, sql: string, ...parameters: Parameter[]): Promise<number> {
  return Number((await db.executeQuery(CompiledQuery.raw(sql, parameters))).numAffectedRows ?? 0);
}

/**
 * The same for one whose answer nobody needs. Within a transaction on a server it is only sent: whether it has failed, whoever
 * commits is told. Everywhere else it is done when this resolves.
 */
export async function executeAhead(db: Db, sql: string, ...parameters: Parameter[]): Promise<void> {
  await db.executeQuery({ ...CompiledQuery.raw(sql, parameters), ahead: {} } as AskedAhead);
}

/**
 * Lets the transaction fail where a query finds nothing: at once, or, on a server, where whoever asks next and waits for the
 * answer, or commits, is told.
 * @throws `missing`
 */
export async function requireRow(
  db: Db,
  { sql, missing }: { readonly sql: string; readonly missing: Error },
  ...parameters: Parameter[]
): Promise<void> {
  const asked: AskedAhead = { ...CompiledQuery.raw(sql, parameters), ahead: { missing } };
  const { rows, isAhead } = (await db.executeQuery(asked)) as AheadResult;
  if (isAhead !== true && rows.length === 0) throw missing;
}

/**
 * From here on, each statement of this transaction may take minutes: for what takes the longer, the more there is in the tables. On a server
 * everything else has a limit of seconds.
 */
export async function takeTime(tx: Db): Promise<void> {
  const asked: AskedPatiently = { ...CompiledQuery.raw('select 1'), isPatient: true };
  await tx.executeQuery(asked);
}

/** What only says that the rest of the transaction may take long. */
export interface AskedPatiently extends Compiled {
  readonly isPatient: true;
}

/** What an engine may leave unanswered until later, if it can. */
export interface AskedAhead extends Compiled {
  readonly ahead: {
    /** What it fails with when it finds no row; left out: that is nothing. */
    readonly missing?: Error;
  };
}

/** What it says then, in place of an answer. */
export interface AheadResult extends QueryResult<unknown> {
  readonly isAhead?: true;
}

/** The rows of a query written in SQL. */
export async function select<Row>(db: Db, sql: string, ...parameters: Parameter[]): Promise<Row[]> {
  return (await db.executeQuery<Row>(CompiledQuery.raw(sql, parameters))).rows;
}
