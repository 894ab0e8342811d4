import { InputError, quote } from '../kernel/index.ts';
import type { Datastore } from './datastore.ts';
import { openDatastore } from './open.ts';
import { readAddress } from './postgres/address.ts';
import type { Access } from './usable-file.ts';

/**
 * Opens what `data` names: a file of SQLite's, or a database of PostgreSQL's as `postgres://user@host:5432/database`. Left out:
 * memory.
 * @throws {InputError} it cannot be opened, is not a shop's, or is newer than this program. What it says holds no password.
 */
export async function openDatastoreAt(data?: string, access: Access = 'make'): Promise<Datastore> {
  if (data === undefined) return openDatastore({ access });
  if (!isServer(data)) return openDatastore({ file: data, access });
  // Loaded when it is asked for: a shop on a file has no use for the driver.
  const { openPostgres } = await import('./postgres/open.ts');
  return openPostgres(data, { access });
}

/** What is said of `data` to people: a password that stands in it is left out. */
export const shownPlace = (data: string): string =>
  data.replace(/^(postgres[a-z]*:\/*)([^:@/]*):.*@/is, (_, scheme, user) => `${scheme}${user}@`);

/**
 * With what the names of files begin that stand beside what `data` names: a file's own name; of a database `host-5432-name`, which
 * is in the working folder.
 * @throws {InputError} it is neither.
 */
export function namesBeside(data: string): string {
  if (!isServer(data)) return data;
  const { host, port, database } = readAddress(data);
  return [host, port, database].join('-').replace(/[^\w.-]+/g, '_');
}

/**
 * Whether it names a database of a server's, and no file.
 * @throws {InputError} it is the URL of anything else, or nearly one.
 */
export function isServer(data: string): boolean {
  if (/^postgres(ql)?:\/\//i.test(data)) return true;
  const scheme = /^([a-z][a-z0-9+.-]+):\/\//i.exec(data)?.[1] ?? /^(postgres[a-z]*):/i.exec(data)?.[1];
  if (scheme === undefined) return false;
  throw new InputError({
    message: `cannot use ${quote(`${scheme}:…`)} as the datastore: it is neither a file nor postgres://…`,
    help: 'Name a file, or a database as postgres://user@host:5432/database.',
  });
}
