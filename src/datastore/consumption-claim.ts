import { realpathSync } from 'node:fs';
import Database from 'libsql';
import { AlreadyConsumedError, explainDriverError } from './errors.ts';

/** The right to consume from one datastore, held by one bus of one process at most. */
export interface ConsumptionClaim {
  /** @throws {AlreadyConsumedError} while anyone holds it. */
  take(): void;
  release(): void;
}

/**
 * On a file, the claim is an exclusive lock on an empty database beside it, which the operating system takes
 * back from a process that is killed. That file is left lying: who deleted it could delete it from under the
 * next one's lock. Memory cannot be shared, so there a flag does.
 */
export function consumptionClaim(file: string): ConsumptionClaim {
  let release: (() => void) | undefined;
  return {
    take() {
      if (release !== undefined) throw new AlreadyConsumedError(file);
      release = file === ':memory:' ? () => {} : lock(file);
    },
    release() {
      release?.();
      release = undefined;
    },
  };
}

function lock(file: string): () => void {
  // The same file by another name must not have another lock.
  const connection = new Database(`${realpathSync(file)}-consumer`);
  try {
    connection.exec('pragma busy_timeout = 0; begin exclusive');
  } catch (thrown) {
    connection.close();
    const isTaken = thrown instanceof Database.SqliteError && thrown.code.startsWith('SQLITE_BUSY');
    throw isTaken ? new AlreadyConsumedError(file) : explainDriverError(thrown);
  }
  return () => connection.close();
}
