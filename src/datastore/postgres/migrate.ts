import { setTimeout } from 'node:timers/promises';
import { InputError } from '../../kernel/index.ts';
import type { Database } from '../db.ts';
import { execute, select } from '../query.ts';
import type { Access } from '../usable-file.ts';
import type { Address } from './address.ts';
import { schemaName } from './connection.ts';
import { codeOf } from './errors.ts';
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
export async function prepareSchema(db: Database, address: Address, access: Access): Promise<void> {
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

async function serverOf(db: Database, access: Access): Promise<Server> {
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

/** Whoever waits for a table that is read holds up all who come behind. */
const longestWaitMs = 1000;
const pauseMs = 500;

/** Of several programs that begin at once the first does it. While others are at work it is tried again, so that none of them waits for long. */
async function migrate(db: Database): Promise<void> {
  for (let left = 60; ; left--) {
    try {
      return await migrateOnce(db);
    } catch (thrown) {
      if (left === 0 || codeOf(thrown instanceof Error ? thrown.cause : undefined) !== lockNotAvailable)
        throw thrown;
      await setTimeout(pauseMs);
    }
  }
}

const lockNotAvailable = '55P03';

async function migrateOnce(db: Database): Promise<void> {
  await db.transaction(`begin read write; set local lock_timeout = ${longestWaitMs}`, async (session) => {
    await execute(session, `select pg_advisory_xact_lock(hashtext('${schemaName}.schema'))`);
    // Whoever writes is through with it, and none is in the middle of something.
    await execute(session, `select pg_advisory_xact_lock(hashtext('${schemaName}.pen'))`);
    await execute(session, `create schema if not exists ${schemaName}`);
    await execute(
      session,
      `create table if not exists ${schemaName}.schema_version (version bigint not null)`,
    );
    const [known] = await select<{ version: number }>(session, versionSql);
    const before = known?.version ?? 0;
    for (const step of migrations.slice(before)) await execute(session, step);
    // Too old to go on: whatever it has in hand it cannot write any more.
    if (before > 0 && before < migrations.length - 1) await execute(session, 'delete from lease');
    await execute(session, 'delete from schema_version');
    await execute(session, `insert into schema_version (version) values (${migrations.length})`);
  });
}

export const unusable = ({ shown }: Address, why: string, help: string): InputError =>
  new InputError({ message: `cannot use ${JSON.stringify(shown)} as the datastore: ${why}`, help });
