import type { EventBus } from '../../bus/index.ts';
import type { Datastore } from '../../datastore/index.ts';
import type { ShopEvents } from '../../events/index.ts';
import { type Logger, messageOf, silentLogger } from '../../kernel/index.ts';
import { catchUp } from './catch-up.ts';
import type { AnyProjection } from './projection.ts';

export interface FollowOptions {
  /** Tells that there is something new. */
  bus: EventBus<ShopEvents>;
  /** Has the log, and what the projections keep. */
  datastore: Datastore;
  projections: readonly AnyProjection[];
  logger?: Logger;
}

/**
 * Keeps projections at the end of the log, until the function that it resolves with is called. What was published is
 * in them when `bus.settle()` resolves. One that an event stops is logged as an error and left alone until the next
 * start; neither the others nor the bus's subscribers notice.
 */
export async function followLog({
  bus,
  datastore,
  projections,
  logger = silentLogger,
}: FollowOptions): Promise<() => void> {
  const followers = projections.map((projection) => new Follower(datastore, projection, logger));
  const wake = async (): Promise<void> => {
    await Promise.all(followers.map((follower) => follower.wake()));
  };
  const unsubscribe = bus.subscribe({ name: 'projections', handles: '*', handle: wake });
  await wake();
  return unsubscribe;
}

/** Reads on when something is new; many who tell it so at once cause one more reading. */
class Follower {
  readonly #datastore: Datastore;
  readonly #projection: AnyProjection;
  readonly #logger: Logger;
  #reading: Promise<void> = Promise.resolve();
  #next: Promise<void> | undefined;
  #isStopped = false;

  constructor(datastore: Datastore, projection: AnyProjection, logger: Logger) {
    this.#datastore = datastore;
    this.#projection = projection;
    this.#logger = logger;
  }

  /** Resolves when all that stands in the log now was read, or the projection has stopped. */
  wake(): Promise<void> {
    // The reading that is under way may have passed the end of the log before the news came.
    this.#next ??= this.#reading.then(() => {
      this.#next = undefined;
      this.#reading = this.#read();
      return this.#reading;
    });
    return this.#next;
  }

  async #read(): Promise<void> {
    if (this.#isStopped) return;
    const { name } = this.#projection;
    try {
      const { failure } = await catchUp(this.#datastore, this.#projection);
      if (failure === null) return;
      this.#isStopped = true;
      this.#logger.error({ projection: name, position: failure.position }, 'a projection has stopped');
    } catch (thrown) {
      // Nothing is lost: it is read with the next event.
      this.#logger.error({ projection: name, reason: messageOf(thrown) }, 'a projection cannot be kept');
    }
  }
}
