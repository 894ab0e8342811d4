import { DurableEventBus } from '../bus/index.ts';
import type { Datastore } from '../datastore/index.ts';
import { claimed } from './claimed-datastore.ts';
import { createWorld, type World, type WorldOptions } from './world.ts';

export interface ReopenOptions
  extends Pick<
    WorldOptions,
    'architecture' | 'bus' | 'handOver' | 'channels' | 'admin' | 'delivery' | 'onDecision' | 'logger'
  > {
  /** Kept by an earlier process; the caller's to close. */
  datastore: Datastore;
}

/**
 * A kept shop, ready to be started again. Its time goes on where it stopped: the clock stands at the latest moment
 * that is on record. The same file gives the same run.
 * @throws {AlreadyConsumedError} it is running in another process.
 */
export async function reopenShop({ datastore, ...options }: ReopenOptions): Promise<World> {
  const own = await claimed(datastore, { isAlone: true });
  const startMs = (await own.statistics.latestMs()) ?? 0;
  // Both only grow: the ids of this run are none that an earlier one has given.
  const seed = startMs + (await own.consumption.head());
  return createWorld({ ...options, datastore: own, startMs, seed });
}

/** The bus of a shop whose messages outlive the process; undefined where they do not. */
export function durableBusOf({ bus }: Pick<World, 'bus'>) {
  return bus instanceof DurableEventBus ? bus : undefined;
}
