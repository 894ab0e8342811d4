import { type Datastore, DatastoreUnavailableError } from '../datastore/index.ts';
import { InFlightCounter, intercept } from '../kernel/index.ts';

export interface WatchedDatastore {
  /** Behaves as the one that is watched. */
  readonly datastore: Datastore;
  /** Counts what it was asked and has not answered: a server answers when it does, and no turn of the event loop says when. */
  readonly asked: InFlightCounter;
  /** @throws {DatastoreUnavailableError} the first that anybody met with. */
  throwIfUnavailable(): void;
}

/**
 * Remembers that a datastore was unavailable, whoever met with it. Deliveries and the durable bus wait for it to
 * come back; in virtual time that is a wait without end, since no moment passes in which anybody could mend it.
 */
export function watchDatastore(datastore: Datastore): WatchedDatastore {
  let unavailable: DatastoreUnavailableError | undefined;
  const asked = new InFlightCounter();
  const note = (thrown: unknown): void => {
    if (thrown instanceof DatastoreUnavailableError) unavailable ??= thrown;
  };
  return {
    datastore: watched(datastore, { asked, note }),
    asked,
    throwIfUnavailable() {
      if (unavailable !== undefined) throw unavailable;
    },
  };
}

interface Watch {
  readonly asked: InFlightCounter;
  note(thrown: unknown): void;
}

/** The same object, with a watch on every promise of its methods, and of those of the objects in it. */
const watched = <Part extends object>(part: Part, watch: Watch): Part =>
  intercept(part, {
    within: (_, member) => watched(member, watch),
    around(_, call) {
      const answer = call();
      if (!(answer instanceof Promise)) return answer;
      const { asked, note } = watch;
      asked.enter();
      // Beside the answer, which nobody gets later for it.
      answer.then(
        () => asked.leave(),
        (thrown) => {
          asked.leave();
          note(thrown);
        },
      );
      return answer;
    },
  });
