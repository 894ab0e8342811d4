import type { Architecture } from '../src/architecture/index.ts';
import type { EventBus } from '../src/bus/index.ts';
import type { ShopEvents } from '../src/events/index.ts';
import { type BenchShop, orderShipped } from './shop.ts';

/** Events are handed in as a source would: so many at once, and never more than this many ahead. */
const chunk = 1000;
const mostAhead = 10_000;

export interface FeedOptions {
  bus: EventBus<ShopEvents>;
  architecture: Pick<Architecture, 'settle'>;
  events: number;
  customers: number;
  /** The number of the first order. Default 0. */
  first?: number;
}

/** Publishes so many order-shipped events, and waits until nothing is left to do. In milliseconds. */
export async function feed(
  shop: BenchShop,
  { bus, architecture, events, customers, first: from = 0 }: FeedOptions,
): Promise<number> {
  const startedMs = performance.now();
  for (let first = 0; first < events; first += chunk) {
    const indexes = Array.from({ length: Math.min(chunk, events - first) }, (_, offset) => first + offset);
    await bus.publish(indexes.map((index) => orderShipped(shop, from + index, customers)));
    if ((first + chunk) % mostAhead === 0) await architecture.settle();
  }
  await architecture.settle();
  return performance.now() - startedMs;
}
