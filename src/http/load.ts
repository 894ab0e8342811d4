import type { EventBus, Subscriber } from '../bus/index.ts';
import type { Load } from '../datastore/index.ts';
import type { ShopEvents } from '../events/index.ts';
import type { Shop } from '../shop/index.ts';

/** How much waits for the subscribers of a shop, and on its channels. @param most of each no more are counted */
export const loadOf = (
  { bus, channels, datastore: { statistics } }: Pick<Shop, 'bus' | 'channels' | 'datastore'>,
  { nowMs, most }: { nowMs: number; most: number },
): Promise<Load> => statistics.load({ subscribers: subscribersOf(bus), channels, nowMs, most });

/** None where what is published does not wait in the datastore. */
function subscribersOf(bus: EventBus<ShopEvents> & { subscribers?: readonly Named[] }) {
  return (bus.subscribers ?? []).map(({ name, handles }) => ({
    name,
    types: handles === '*' ? null : handles,
  }));
}

type Named = Pick<Subscriber<ShopEvents>, 'name' | 'handles'>;
