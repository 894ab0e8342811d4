import { type Stats, statSync } from 'node:fs';
import { type Access, type Datastore, isServer, openDatastore, openDatastoreAt } from '../datastore/index.ts';
import { InputError } from '../kernel/index.ts';

/**
 * Opens a datastore that an earlier run has kept, in a file or on a server, and makes none. A file that is only read gets no
 * others beside it.
 * @throws {InputError} there is no such file, it is empty, or `openDatastoreAt` refuses it.
 */
export async function openKeptDatastore(file: string, access: Exclude<Access, 'make'>): Promise<Datastore> {
  if (isServer(file)) return openDatastoreAt(file, access);
  const stats = statOf(file);
  if (stats === undefined) throw unusable(`there is no file ${JSON.stringify(file)}`);
  // SQLite would take it for a new database.
  if (stats !== 'unknown' && stats.isFile() && stats.size === 0)
    throw unusable(`the file ${JSON.stringify(file)} is empty`);
  return openDatastore({ file, access });
}

/** Unknown where the way there is barred, or is no path: why it cannot be opened is then said by who opens it. */
function statOf(file: string): Stats | 'unknown' | undefined {
  try {
    return statSync(file, { throwIfNoEntry: false });
  } catch {
    return 'unknown';
  }
}

const unusable = (message: string): InputError =>
  new InputError({
    message,
    help: 'Name a file that `npm run demo` or `npm run replay` has kept with --data.',
  });
