import { millisecondsInMinute } from 'date-fns/constants';
import type { Datastore } from '../../datastore/index.ts';

export interface Stoppable extends Datastore {
  /** When the next transaction is committed, the process stops dead: nothing that follows from it is begun. */
  stopAfterCommit(): void;
}

/** A process that nobody kills while it stands still must not stand there for ever. */
const longestStopMs = millisecondsInMinute;

/** The same datastore, in a process that can be stopped at a commit. `onStop` is called as the last thing. */
export function stoppable(datastore: Datastore, onStop: () => void): Stoppable {
  let stopsNext = false;
  return {
    ...datastore,
    stopAfterCommit() {
      stopsNext = true;
    },
    async transaction(work) {
      const result = await datastore.transaction(work);
      if (stopsNext) {
        onStop();
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, longestStopMs);
        process.exit(1);
      }
      return result;
    },
  };
}
