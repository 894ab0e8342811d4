import type { Db } from '../db.ts';
import { DatastoreUnavailableError } from '../errors.ts';
import { select } from '../query.ts';
import { schemaName } from './connection.ts';
import { isTooNew, migrations } from './schema.ts';

interface State {
  readonly version: number;
  readonly isReadOnly: boolean;
  readonly fsync: string;
  readonly fullPageWrites: string;
  readonly synchronousCommit: string;
}

const stateSql = `
  select (select version from ${schemaName}.schema_version) as version,
    current_setting('transaction_read_only') = 'on' as "isReadOnly", current_setting('fsync') as fsync,
    current_setting('full_page_writes') as "fullPageWrites", current_setting('synchronous_commit') as "synchronousCommit"`;

/** See `Datastore.check`. Asked in the session that writes: without that one there is no working. */
export async function check(pen: Db): Promise<readonly string[]> {
  const [state] = await select<State>(pen, stateSql);
  const { version, isReadOnly, fsync, fullPageWrites, synchronousCommit } = state as State;
  if (isTooNew(version))
    throw unfit(`its schema version ${version} is too new for ${migrations.length}`, 'Update this program.');
  if (isReadOnly) throw unfit('it takes no writes', 'Name the primary server, not a replica.');
  return [
    ...(fsync === 'off'
      ? ['fsync is off: what is committed is lost when the machine of the server fails']
      : []),
    ...(fullPageWrites === 'off'
      ? ['full_page_writes is off: a page may be half written when that machine fails']
      : []),
    ...(synchronousCommit === 'off'
      ? [
          'synchronous_commit is off: the last moments of what is committed are lost when the server is ended at once',
        ]
      : []),
  ];
}

const unfit = (message: string, help: string): DatastoreUnavailableError =>
  new DatastoreUnavailableError(Object.assign(new Error(message), { code: 'unfit' }), help);
