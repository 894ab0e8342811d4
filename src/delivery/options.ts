import type { Datastore, WorkLease } from '../datastore/index.ts';
import type { Clock, InFlightCounter, Logger, Random } from '../kernel/index.ts';
import type { Templates } from '../notifications/index.ts';
import type { Channel } from './channel.ts';
import type { DeliveryObservers } from './observers.ts';
import type { DeliverySettings } from './settings.ts';
import type { DueDelivery } from './task.ts';

export interface DeliveryServiceOptions extends DeliverySettings, DeliveryObservers {
  /** What is in hand here counts as a part of it. Left out: of nothing. */
  inFlight?: InFlightCounter;
  clock: Clock;
  datastore: Datastore;
  /** That of the bus, where one consumes from the datastore: one worker does both. Default: of its own. */
  lease?: WorkLease | undefined;
  /** Each under a name of its own. */
  channels: readonly Channel[];
  /** Of how long a retry waits. Default: the operating system's, which no run repeats. */
  random?: Random;
  /** Default: the shop's own. */
  templates?: Templates;
  logger?: Logger;
  /**
   * Takes over each delivery that waited and whose time has come, to give it to `send`, at once or by a message.
   * Left out: the service sends it. What it rejects is logged, and the delivery is due again a little later.
   */
  onDue?: (due: DueDelivery) => Promise<void>;
}
