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
export { addCartItem, placeOrder } from './ordering/place-order.ts';
export { cancelOrder, deliverOrder, shipLineItem, shipOrder } from './ordering/rules.ts';
export { saveOrder } from './ordering/save-order.ts';
export type { OrderingService } from './ordering/service.ts';
export { totalOf } from './ordering/total.ts';
export { addProduct, updatePrice } from './pricing/rules.ts';
export type { PricingService } from './pricing/service.ts';
export { createServices, type Services } from './services.ts';
export { commit, type RecordPorts, type ServicePorts } from './unit-of-work.ts';
export { validate } from './validate.ts';
