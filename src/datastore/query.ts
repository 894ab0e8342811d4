import type { Compilable, CompiledQuery as Compiled } from 'kysely';
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

/** The rows of a query written in SQL. */
export async function select<Row>(db: Db, sql: string, ...parameters: Parameter[]): Promise<Row[]> {
  return (await db.executeQuery<Row>(CompiledQuery.raw(sql, parameters))).rows;
}
