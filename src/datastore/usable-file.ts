import { accessSync, constants, type Stats, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import Database from 'libsql';
import { InputError } from '../kernel/index.ts';
import { migrations } from './migrations.ts';

/** Marks a file as ours ("noti"), so that another program's database is never migrated by mistake. */
export const APPLICATION_ID = 0x6e6f7469;

/**
 * What a file is opened for. `make`: whatever one does with a datastore, also one that is not there yet; `change`:
 * the same with one that is there; `read`: nothing of it is changed but an old schema, and it gets no companions.
 */
export type Access = 'make' | 'change' | 'read';

/**
 * An absolute path, so that nothing in the name is taken for the address of a server. What stands there is looked
 * at without touching it: SQLite makes companions of a file that it opens, also of one that turns out to be no use.
 * @throws {InputError} when it is nothing to open.
 */
export function usablePath(file: string, access: Access): string {
  if (file === '') throw unusable(file, 'it has no name', 'Name a file.');
  // Not repeated: it may hold a password.
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(file))
    throw unusable('…://…', 'only a file will do here', 'Name a file.');
  const path = resolve(file);
  if (!statOf(dirname(path))?.isDirectory())
    throw unusable(file, 'its folder does not exist', 'Make the folder first.');
  const stats = statOf(path);
  if (stats === undefined) return path;
  if (stats.isDirectory()) throw unusable(file, 'it is a directory', 'Name a file.');
  // SQLite would wait for whoever writes to a pipe.
  if (!stats.isFile()) throw unusable(file, 'it is not an ordinary file', 'Name a file.');
  refuseWithoutRights(path, file, access);
  if (stats.size > 0 && !isBeingWritten(path)) lookInto(path, file, access);
  return path;
}

const statOf = (path: string): Stats | undefined => statSync(path, { throwIfNoEntry: false });

function refuseWithoutRights(path: string, file: string, access: Access): void {
  const may = (mode: number): boolean => {
    try {
      accessSync(path, mode);
      return true;
    } catch {
      return false;
    }
  };
  if (!may(constants.R_OK)) throw unusable(file, 'it may not be read', 'Check its permissions.');
  if (access !== 'read' && !may(constants.W_OK))
    throw unusable(file, 'it may not be written', 'Check its permissions.');
}

/** Whether the file alone may not be all: what a companion holds is then part of it. */
const isBeingWritten = (path: string): boolean =>
  ['-wal', '-journal'].some((companion) => (statOf(`${path}${companion}`)?.size ?? 0) > 0);

function lookInto(path: string, file: string, access: Access): void {
  // Neither locked nor given companions.
  const connection = new Database(`${pathToFileURL(path).href}?immutable=1`);
  try {
    refuseForeign(connection, file, access);
  } finally {
    connection.close();
  }
}

/**
 * The schema version of a database of ours, or 0 of a new one.
 * @throws {InputError} when it is another program's, or newer than this program.
 */
export function refuseForeign(connection: Database.Database, file: string, access: Access): number {
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
  if (isNew && access !== 'make') throw unusable(file, 'there is nothing in it', 'Name one that was kept.');
  if (version <= migrations.length) return version;
  throw unusable(
    file,
    `its schema version ${version} is newer than ${migrations.length}`,
    'Update this program.',
  );
}

export function pragmaNumber(connection: Database.Database, name: string): number {
  const row = connection.prepare(`pragma ${name}`).get() as Record<string, unknown>;
  return Number(row[name]);
}

export function unusable(file: string, why: string, help: string): InputError {
  return new InputError({ message: `cannot use ${JSON.stringify(file)} as the datastore: ${why}`, help });
}
