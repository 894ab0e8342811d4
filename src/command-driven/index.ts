/**
 * Every step is a message of its own on the bus.
 *
 * @example
 * ```ts
 * import { createWorld, stockSampleShop } from './src/shop/index.ts';
 *
 * const world = createWorld({ startMs: 0, architecture: 'command-driven' });
 * await stockSampleShop(world.datastore);
 * await world.architecture.start();
 * await world.during(world.architecture.services.ordering.shipOrder({ orderId: 'ord-1001' }));
 * await world.finish();
 * console.log(world.outboxes.email.count);
 * await world.close();
 * ```
 */
export { createCommandDriven } from './command-driven.ts';
export { divergences } from './divergences.ts';
export { commandDrivenMessages } from './messages.ts';
