import { statSync } from 'node:fs';
import { type Datastore, openDatastore } from '../datastore/index.ts';
import { InputError } from '../kernel/index.ts';

/**
 * Opens a datastore that an earlier run has kept, and makes none.
 * @throws {InputError} there is no such file, it is empty, or `openDatastore` refuses it.
 */
export function openKeptDatastore(file: string): Datastore {
  const stats = statSync(file, { throwIfNoEntry: false });
  if (stats === undefined) throw unusable(`there is no file ${JSON.stringify(file)}`);
  // SQLite would take it for a new database.
  if (stats.isFile() && stats.size === 0) throw unusable(`the file ${JSON.stringify(file)} is empty`);
  return openDatastore({ file });
}

const unusable = (message: string): InputError =>
  new InputError({
    message,
    help: 'Name a file that `npm run demo` or `npm run replay` has kept with --data.',
  });
