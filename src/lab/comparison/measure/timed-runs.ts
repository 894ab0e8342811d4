import type { Behaviour } from '../comparison.ts';
import { inMemory, type NewPlace } from './places.ts';
import { TimedShop } from './timed-shop.ts';
import type { Variant } from './variants.ts';

/** What depends on the machine: of each figure, what it was in each round. */
export type Timings = Omit<Behaviour, 'architecture' | 'handOver' | 'hops'>;

/** How much is measured. */
export interface Extent {
  /** Beside one to warm up. */
  readonly rounds: number;
  /** Orders shipped in a round at a steady pace, and as many as fast as it goes. */
  readonly orders: number;
}

const pace = { atOnce: 4, everyMs: 12, providerMs: 50 };
const inFlight = 256;

/**
 * Latency under a steady load, and throughput as fast as it goes, of all variants in one process: a round of each and
 * then the next round, so that what slows the machine down for a while slows all of them.
 */
export async function measureTimings(
  variants: readonly Variant[],
  extent: Extent,
  placesOf: (variant: Variant) => NewPlace = () => inMemory,
): Promise<Timings[]> {
  const { rounds, orders } = extent;
  const shops: TimedShop[] = [];
  for (const variant of variants)
    shops.push(await TimedShop.open(variant, 2 * orders * (rounds + 1), placesOf(variant)));
  const timings = shops.map(() => ({
    handOverP50Ms: [] as number[],
    handOverP99Ms: [] as number[],
    callerP50Ms: [] as number[],
    callerP99Ms: [] as number[],
    deliveriesPerSecond: [] as number[],
  }));
  for (let round = 0; round <= rounds; round++) {
    for (const [index, shop] of shops.entries()) {
      const { handOverMs, callerMs } = await shop.shipSteadily(orders, pace);
      const deliveriesPerSecond = await shop.shipAll(orders, inFlight);
      const own = timings[index];
      if (round === 0 || own === undefined) continue;
      own.handOverP50Ms.push(percentile(handOverMs, 0.5));
      own.handOverP99Ms.push(percentile(handOverMs, 0.99));
      own.callerP50Ms.push(percentile(callerMs, 0.5));
      own.callerP99Ms.push(percentile(callerMs, 0.99));
      own.deliveriesPerSecond.push(deliveriesPerSecond);
    }
  }
  for (const shop of shops) await shop.close();
  return timings;
}

/** Nearest rank. */
function percentile(times: readonly number[], share: number): number {
  const sorted = [...times].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
}
