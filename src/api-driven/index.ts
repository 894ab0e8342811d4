/**
 * Services call the notifier themselves, and their commands answer what became of it.
 *
 * @example
 * ```ts
 * import { createWorld, stockSampleShop } from './src/shop/index.ts';
 *
 * const world = createWorld({ startMs: 0, architecture: 'api-driven' });
 * await stockSampleShop(world.datastore);
 * await world.architecture.start();
 * await world.during(world.architecture.services.ordering.shipOrder({ orderId: 'ord-1001' }));
 * await world.finish();
 * console.log(world.outboxes.email.count);
 * await world.close();
 * ```
 */
export { type ApiDriven, createApiDriven } from './api-driven.ts';
export { divergences } from './divergences.ts';
export { type HandOverName, handOverNames } from './hand-over.ts';
export { createNotificationApi } from './notification-api.ts';
export { createOutcomes } from './outcomes.ts';
