import { realpathSync, rmSync, statSync } from 'node:fs';
import Database from 'libsql';
import { AlreadyConsumedError, explainDriverError } from './errors.ts';

/** The right to consume from one datastore, held by one process at most, and there by any number of workers. */
export interface ConsumptionClaim {
  /** Whether nobody of this process holds it. */
  readonly isFree: boolean;
  /**
   * @returns what gives it back.
   * @throws {AlreadyConsumedError} while another process holds it.
   */
  take(): () => void;
  /** Gives it back, whoever of this process holds it. */
  release(): void;
}

/**
 * On a file, the claim is an exclusive lock on an empty database beside it, which the operating system takes
 * back from a process that is killed. Memory cannot be shared.
 */
export function consumptionClaim(file: string): ConsumptionClaim {
  const holders = new Set<symbol>();
  let unlock = (): void => {};
  const release = (): void => {
    holders.clear();
    unlock();
    unlock = () => {};
  };
  return {
    get isFree() {
      return holders.size === 0;
    },
    take() {
      if (holders.size === 0 && file !== ':memory:') unlock = lock(file);
      const holder = Symbol('holder');
      holders.add(holder);
      // Given back twice, it must leave those of others alone.
      return () => {
        if (holders.delete(holder) && holders.size === 0) release();
      };
    },
    release,
  };
}

function lock(file: string): () => void {
  // The same file by another name must not have another lock.
  const path = `${realpathSync(file)}-consumer`;
  for (;;) {
    const unlock = tryLock(path, file);
    if (unlock !== undefined) return unlock;
  }
}

/**
 * Who gives a claim back takes the file away while it is locked. A lock on a file that was taken away from under it
 * locks nobody out: then it is undefined, and is tried again.
 */
function tryLock(path: string, file: string): (() => void) | undefined {
  const before = identityOf(path);
  const connection = new Database(path);
  // There before, and the same after: it is the one that was opened. One that is made here is opened at the next try.
  const isOpened = before !== undefined && identityOf(path) === before;
  try {
    connection.exec('pragma busy_timeout = 0; begin exclusive');
  } catch (thrown) {
    connection.close();
    const isTaken = thrown instanceof Database.SqliteError && thrown.code.startsWith('SQLITE_BUSY');
    throw isTaken ? new AlreadyConsumedError(file) : explainDriverError(thrown);
  }
  if (isOpened && identityOf(path) === before) {
    return () => {
      rmSync(path, { force: true });
      connection.close();
    };
  }
  connection.close();
  return undefined;
}

/** Also tells a file from an earlier one whose place on the disk it was given. */
function identityOf(path: string): string | undefined {
  const stats = statSync(path, { bigint: true, throwIfNoEntry: false });
  return stats && `${stats.dev}:${stats.ino}:${stats.birthtimeNs}`;
}
