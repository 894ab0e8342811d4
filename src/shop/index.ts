/**
 * The composition root: a whole shop on one architecture, in virtual time.
 *
 * @example
 * ```ts
 * import { createWorld, stockSampleShop } from './src/shop/index.ts';
 *
 * const world = createWorld({ startMs: 0, architecture: 'pipeline' });
 * await stockSampleShop(world.datastore);
 * await world.architecture.start();
 * await world.during(world.architecture.services.ordering.shipOrder({ orderId: 'ord-1001' }));
 * await world.finish();
 * console.log(world.outboxes.email.count);
 * await world.close();
 * ```
 */

export type { BreakerChange, BreakerState } from './breaker-changes.ts';
export { claimed } from './claimed-datastore.ts';
export {
  catalogues,
  composeArchitecture,
  createBus,
  type ProcessInterceptor,
} from './compose.ts';
export { openKeptDatastore } from './kept-datastore.ts';
export { realProviders, withRealProviders } from './real-providers.ts';
export { durableBusOf, type ReopenOptions, reopenShop } from './reopened-shop.ts';
export { sampleProducts, stockSampleShop } from './sample-shop.ts';
export { createShop, type Shop, type ShopOptions } from './shop.ts';
export {
  closeInTime,
  type LimitAfterStop,
  limitAfterStop,
  listenForStop,
  orStopped,
  type StopRequest,
} from './stopping.ts';
export { type Letterboxes, type TimelineEntry, toEntry } from './timeline.ts';
export {
  type ArchitectureName,
  architectureNames,
  type BusName,
  busNames,
  createWorld,
  hasBus,
  type Interceptors,
  type World,
  type WorldOptions,
} from './world.ts';
