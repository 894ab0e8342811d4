/**
 * Services publish what happened, and one subscriber decides who is told.
 *
 * @example
 * ```ts
 * import { createWorld, stockSampleShop } from './src/shop/index.ts';
 *
 * const world = createWorld({ startMs: 0, architecture: 'event-sourced' });
 * await stockSampleShop(world.datastore);
 * await world.architecture.start();
 * await world.during(world.architecture.services.ordering.shipOrder({ orderId: 'ord-1001' }));
 * await world.finish();
 * console.log(world.outboxes.email.count);
 * await world.close();
 * ```
 */
export { divergences } from './divergences.ts';
export { EventCorrelator } from './event-correlator.ts';
export { createEventSourced } from './event-sourced.ts';
