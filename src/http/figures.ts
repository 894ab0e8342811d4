import { breakersOf, statusOf } from '../operations/status/index.ts';
import { loadOf } from './load.ts';
import type { Served } from './served.ts';

/** Of what waits. */
const mostCounted = 100_000;

/** All that is said in figures of a shop and of this process, as it stands now: `/metrics` and what is sent have it from here. */
export async function figuresOf({ shop, clock }: Pick<Served, 'shop' | 'clock'>) {
  const { datastore } = shop;
  const statistics = await datastore.statistics.deliveries();
  const channels = statusOf(statistics).channels.map(({ channel }) => channel);
  const breakers = breakersOf(channels, await datastore.statistics.outages());
  const load = await loadOf(shop, { nowMs: clock.now(), most: mostCounted });
  const isWorking = [undefined, 'held'].includes(workOf(shop));
  return [statistics, breakers, { ...load, isWorking, lostSpans: shop.telemetry?.lostSpans() }] as const;
}

/** Who consumes and sends. Undefined: nobody else could. */
export function workOf({
  bus: { lease },
  part,
}: Served['shop']): 'held' | 'standing_by' | 'left_to_others' | undefined {
  if (part === 'stands-by') return 'left_to_others';
  if (lease === undefined) return undefined;
  return lease.token !== undefined && lease.isCurrent(lease.token) ? 'held' : 'standing_by';
}
