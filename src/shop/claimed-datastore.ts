import type { Datastore } from '../datastore/index.ts';

/**
 * The same datastore, which no other process consumes from until it is closed: neither the log nor the deliveries
 * that wait there. A bus that claims it too is let in.
 *
 * On a server workers of other processes are let in as well, unless it is asked for alone: where time is not that of others.
 * @throws {AlreadyConsumedError} somebody else does already.
 */
export async function claimed(
  datastore: Datastore,
  how?: { readonly isAlone?: boolean },
): Promise<Datastore> {
  await datastore.claimConsumption(how);
  return { ...datastore, claimConsumption: async () => () => {} };
}
