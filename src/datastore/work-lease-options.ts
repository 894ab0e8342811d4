import type { Clock, Logger } from '../kernel/index.ts';
import type { Datastore } from './datastore.ts';

export interface WorkLeaseOptions {
  datastore: Pick<Datastore, 'claimConsumption' | 'leases'>;
  clock: Clock;
  logger?: Logger;
  /** How long a worker that says nothing keeps what it has in hand. Default 30,000. */
  leaseMs?: number;
}
