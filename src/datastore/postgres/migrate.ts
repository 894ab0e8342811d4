import { InputError } from '../../kernel/index.ts';
import { execute, select } from '../query.ts';
import type { Db } from '../sqlite.ts';
import type { Access } from '../usable-file.ts';
import type { Address } from './address.ts';
import { schemaName } from './connection.ts';
import { migrations } from './schema.ts';

/** The oldest whose sessions know all that is asked of them. */
const oldestServer = 140_000;

interface Server {
  readonly version: number;
  readonly encoding: string;
  readonly isReadOnly: boolean;
  /** Of our tables; null where there are none. */
  readonly schema: number | null;
}

/**
 * Brings the tables to the newest version, and makes them where there are none.
 * @throws {InputError} the server, or what stands there, is of no use.
 */
export async function prepareSchema(db: Db, address: Address, access: Access): Promise<void> {
  const server = await serverOf(db, access);
  refuseServer(server, address);
  const { schema } = server;
  if (schema === null && access !== 'make')
    throw unusable(address, 'there is no shop in it', 'Name one that was kept.');
  if (schema !== null && schema > migrations.length)
    throw unusable(
      address,
      `its schema version ${schema} is newer than ${migrations.length}`,
      'Update this program.',
    );
  const isCurrent = schema === migrations.length;
  if (server.isReadOnly && (access !== 'read' || !isCurrent))
    throw unusable(
      address,
      'it takes no writes',
      'Name the primary server, not a replica, and one without default_transaction_read_only.',
    );
  if (!isCurrent) await migrate(db);
}

/** @throws {InputError} */
export function refuseServer(
  { version, encoding }: Pick<Server, 'version' | 'encoding'>,
  address: Address,
): void {
  if (version < oldestServer) {
    const words = `its server is PostgreSQL ${Math.floor(version / 10_000)}, older than ${oldestServer / 10_000}`;
    throw unusable(address, words, 'Update the server.');
  }
  if (encoding !== 'UTF8')
    throw unusable(
      address,
      `its encoding is ${encoding}`,
      "Make one with create database … encoding 'UTF8'.",
    );
}

async function serverOf(db: Db, access: Access): Promise<Server> {
  type Row = {
    version: number;
    encoding: string;
    read_only: string;
    in_recovery: boolean;
    is_there: boolean;
  };
  const [row] = await select<Row>(
    db,
    `select current_setting('server_version_num')::bigint as version, current_setting('server_encoding') as encoding,
      current_setting('default_transaction_read_only') as read_only, pg_is_in_recovery() as in_recovery,
      to_regclass('${schemaName}.schema_version') is not null as is_there`,
  );
  const { version, encoding, in_recovery: isReplica, is_there: isThere } = row as Row;
  // Whoever only reads has asked for it.
  const isReadOnly = isReplica || (access !== 'read' && row?.read_only === 'on');
  const [known] = isThere ? await select<{ version: number }>(db, versionSql) : [];
  return { version, encoding, isReadOnly, schema: known?.version ?? null };
}

const versionSql = `select version from ${schemaName}.schema_version`;

/** Of several programs that begin at once the first does it. */
async function migrate(db: Db): Promise<void> {
  await db.connection().execute(async (session) => {
    await execute(session, 'begin read write');
    try {
      await execute(session, `select pg_advisory_xact_lock(hashtext('${schemaName}.schema'))`);
      await execute(session, `create schema if not exists ${schemaName}`);
      await execute(
        session,
        `create table if not exists ${schemaName}.schema_version (version bigint not null)`,
      );
      const [known] = await select<{ version: number }>(session, versionSql);
      for (const step of migrations.slice(known?.version ?? 0)) await execute(session, step);
      await execute(session, 'delete from schema_version');
      await execute(session, `insert into schema_version (version) values (${migrations.length})`);
      await execute(session, 'commit');
    } catch (thrown) {
      await execute(session, 'rollback').catch(() => {});
      throw thrown;
    }
  });
}

export const unusable = ({ shown }: Address, why: string, help: string): InputError =>
  new InputError({ message: `cannot use ${JSON.stringify(shown)} as the datastore: ${why}`, help });
