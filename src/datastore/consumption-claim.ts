import { realpathSync } from 'node:fs';
import Database from 'libsql';
import { AlreadyConsumedError, explainDriverError } from './errors.ts';

/** The right to consume from one datastore, held by one bus of one process at most. */
export interface ConsumptionClaim {
  /**
   * @returns what gives it back.
   * @throws {AlreadyConsumedError} while anyone holds it.
   */
  take(): () => void;
  /** Gives it back, whoever of this process holds it. */
  release(): void;
}

/**
 * On a file, the claim is an exclusive lock on an empty database beside it, which the operating system takes
 * back from a process that is killed. That file is left lying: who deleted it could delete it from under the
 * next one's lock. Memory cannot be shared, so there a flag does.
 */
export function consumptionClaim(file: string): ConsumptionClaim {
  let unlock: (() => void) | undefined;
  const release = (): void => {
    unlock?.();
    unlock = undefined;
  };
  return {
    take() {
      if (unlock !== undefined) throw new AlreadyConsumedError(file);
      const mine = file === ':memory:' ? () => {} : lock(file);
      unlock = mine;
      // Given back twice, it must leave the next holder's alone.
      return () => {
        if (unlock === mine) release();
      };
    },
    release,
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
