import type { Compilable, CompiledQuery, Kysely as KyselyType } from 'kysely';
import type { Db } from './db.ts';
import { DummyDriver, Kysely, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from './kysely.ts';
import type { Schema } from './schema.ts';

export type Builder = KyselyType<Schema>;

/** Builds and compiles queries. It has no database; what it has compiled is asked of a {@link Db}. */
const builder: Builder = new Kysely<Schema>({
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
  build: (builder: Builder) => Compilable<Row>,
): (db: Db, ...parameters: Parameter[]) => Promise<Row[]> {
  let compiled: CompiledQuery<Row> | undefined;
  return async (db, ...parameters) => {
    compiled ??= build(builder).compile();
    let next = 0;
    const bound = compiled.parameters.map((value) => (value === slot ? parameters[next++] : value));
    return (await db.ask(compiled.sql, bound)).rows as Row[];
  };
}

/** The same for a statement written in SQL; says how many rows it changed. */
export async function execute(db: Db, sql: string, ...parameters: Parameter[]): Promise<number> {
  return (await db.ask(sql, parameters)).changes;
}

/** The same for one whose answer nobody needs: see {@link Db.send}. */
export const executeAhead = (db: Db, sql: string, ...parameters: Parameter[]): Promise<void> =>
  db.send(sql, parameters);

/**
 * Lets the transaction fail where a query finds nothing: at once, or, on a server, where whoever asks next and waits for the
 * answer, or commits, is told.
 * @throws what `missing` makes.
 */
export const requireRow = (
  db: Db,
  { sql, missing }: { readonly sql: string; readonly missing: () => Error },
  ...parameters: Parameter[]
): Promise<void> => db.send(sql, parameters, missing);

/** The rows of a query written in SQL. */
export async function select<Row>(db: Db, sql: string, ...parameters: Parameter[]): Promise<Row[]> {
  return (await db.ask(sql, parameters)).rows as Row[];
}
