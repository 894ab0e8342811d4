/**
 * The shop itself, which knows nothing of notifications: commands, rules and services.
 *
 * @example
 * ```ts
 * import { parseCommand, execute } from './src/services/index.ts';
 * import { createWorld, stockSampleShop } from './src/shop/index.ts';
 *
 * const world = createWorld({ startMs: 0 });
 * await stockSampleShop(world.datastore);
 * const command = parseCommand({ service: 'ordering', command: 'shipOrder', data: { orderId: 'ord-1001' } });
 * await execute(world.architecture.services, command);
 * console.log((await world.datastore.orders.find('ord-1001'))?.status);
 * await world.close();
 * ```
 */
export type { RegisterCustomer } from './accounts/commands.ts';
export { registerCustomer } from './accounts/rules.ts';
export type { AccountsService } from './accounts/service.ts';

export { failPayment, type PaymentFacts, receivePayment } from './billing/rules.ts';
export type { BillingService } from './billing/service.ts';
export { type Command, commandSchemas, execute, parseCommand } from './commands.ts';
export { DomainError, type DomainErrorCode, UnknownEntityError } from './errors.ts';
export type { Fact } from './fact.ts';

export type { PlaceOrder } from './ordering/commands.ts';
export { contentsOf } from './ordering/contents.ts';
export { takeOutOfCart } from './ordering/empty-cart.ts';
export { addCartItem, placeOrder } from './ordering/place-order.ts';
export { cancelOrder, deliverOrder, shipLineItem, shipOrder } from './ordering/rules.ts';
export { saveOrder } from './ordering/save-order.ts';
export type { OrderingService } from './ordering/service.ts';
export { totalOf } from './ordering/total.ts';
export { addProduct, updatePrice } from './pricing/rules.ts';
export type { PricingService } from './pricing/service.ts';
export { activatePromotion } from './promotions/rules.ts';
export type { PromotionsService } from './promotions/service.ts';
export { type AnsweringServices, createServices, type Services } from './services.ts';
export { commit, type RecordPorts, type ServicePorts, type Work } from './unit-of-work.ts';
export { validate } from './validate.ts';
