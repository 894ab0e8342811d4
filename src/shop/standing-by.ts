import { millisecondsInDay } from 'date-fns/constants';
import type { Datastore } from '../datastore/index.ts';

/**
 * The same datastore, on which the lease is never to be had: whoever works with it publishes, and enters deliveries, as one
 * does that waits for its turn, and its turn does not come.
 */
export function standingBy(datastore: Datastore): Datastore {
  let askedAtMs = 0;
  return {
    ...datastore,
    leases: {
      ...datastore.leases,
      async acquire({ nowMs }) {
        askedAtMs = nowMs;
        return undefined;
      },
      untilMs: async () => askedAtMs + millisecondsInDay,
    },
  };
}
