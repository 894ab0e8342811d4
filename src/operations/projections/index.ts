/**
 * State that is made of the event log, and can be made again.
 *
 * @example
 * ```ts
 * import { catchUp, defineProjection, rowsOf } from './src/operations/projections/index.ts';
 * import { createWorld, stockSampleShop } from './src/shop/index.ts';
 *
 * const shippedToday = defineProjection({
 *   name: 'shipped-by-day',
 *   words: 'how many orders left on which day',
 *   version: 1,
 *   handles: ['OrderStatusChanged'],
 *   async project({ time, data }, rows) {
 *     const day = time.slice(0, 10);
 *     if (data.status === 'shipped') rows.set(day, Number((await rows.get(day)) ?? 0) + 1);
 *   },
 * });
 *
 * const world = createWorld({ startMs: 0 });
 * await stockSampleShop(world.datastore);
 * await world.architecture.services.ordering.shipOrder({ orderId: 'ord-1001' });
 * await catchUp(world.datastore, shippedToday);
 * for await (const { key, value } of rowsOf(world.datastore, 'shipped-by-day')) console.log(key, value);
 * await world.close();
 * ```
 */
export { catchUp, rebuild } from './catch-up.ts';
export { followLog } from './follow.ts';
export { defineProjection } from './projection.ts';
export { projectionOf, projections, rowsOf, stateOf } from './projection-state.ts';
export { projectionsDocument, rowsDocument } from './report.ts';
