import type { Datastore } from '../datastore/index.ts';

/**
 * The same datastore, which no other process consumes from until it is closed: neither the log nor the deliveries
 * that wait there. A bus that claims it too is let in.
 * @throws {AlreadyConsumedError} somebody else does already.
 */
export async function claimed(datastore: Datastore): Promise<Datastore> {
  await datastore.claimConsumption();
  return { ...datastore, claimConsumption: async () => () => {} };
}
