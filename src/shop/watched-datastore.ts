import { type Datastore, DatastoreUnavailableError } from '../datastore/index.ts';
import { intercept } from '../kernel/index.ts';

export interface WatchedDatastore {
  /** Behaves as the one that is watched. */
  readonly datastore: Datastore;
  /** @throws {DatastoreUnavailableError} the first that anybody met with. */
  throwIfUnavailable(): void;
}

/**
 * Remembers that a datastore was unavailable, whoever met with it. Deliveries and the durable bus wait for it to
 * come back; in virtual time that is a wait without end, since no moment passes in which anybody could mend it.
 */
export function watchDatastore(datastore: Datastore): WatchedDatastore {
  let unavailable: DatastoreUnavailableError | undefined;
  const note = (thrown: unknown): void => {
    if (thrown instanceof DatastoreUnavailableError) unavailable ??= thrown;
  };
  return {
    datastore: watched(datastore, note),
    throwIfUnavailable() {
      if (unavailable !== undefined) throw unavailable;
    },
  };
}

/** The same object, with a watch on every promise of its methods, and of those of the objects in it. */
const watched = <Part extends object>(part: Part, note: (thrown: unknown) => void): Part =>
  intercept(part, {
    within: (_, member) => watched(member, note),
    around(_, call) {
      const answer = call();
      // Beside the answer, which nobody gets later for it.
      if (answer instanceof Promise) answer.catch(note);
      return answer;
    },
  });
