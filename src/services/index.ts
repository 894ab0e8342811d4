export type { RegisterCustomer } from './accounts/commands.ts';
export { registerCustomer } from './accounts/rules.ts';
export { type AccountsService, createAccounts } from './accounts/service.ts';

export type { FailPayment, ReceivePayment } from './billing/commands.ts';
export { failPayment, type PaymentFacts, receivePayment } from './billing/rules.ts';
export { type BillingService, createBilling } from './billing/service.ts';
export { type Command, commandSchemas, execute, parseCommand } from './commands.ts';
export {
  CurrencyMismatchError,
  DomainError,
  type DomainErrorCode,
  DuplicateLineItemError,
  EntityExistsError,
  InvalidCommandError,
  TotalTooLargeError,
  UnknownCommandError,
  UnknownEntityError,
  WrongStatusError,
} from './errors.ts';
export type { Fact } from './fact.ts';

export type {
  AddCartItem,
  CancelOrder,
  DeliverOrder,
  PlaceOrder,
  ShipLineItem,
  ShipOrder,
} from './ordering/commands.ts';
export { contentsOf, type OrderContents } from './ordering/contents.ts';
export { addCartItem, type CartFacts, type PlaceOrderFacts, placeOrder } from './ordering/place-order.ts';
export { cancelOrder, deliverOrder, type OrderDecision, shipLineItem, shipOrder } from './ordering/rules.ts';
export { saveOrder } from './ordering/save-order.ts';
export { createOrdering, type OrderingService } from './ordering/service.ts';
export { totalOf } from './ordering/total.ts';
export type { AddProduct, UpdatePrice } from './pricing/commands.ts';
export { addProduct, updatePrice } from './pricing/rules.ts';
export { createPricing, type PricingService } from './pricing/service.ts';
export { createServices, type Services } from './services.ts';
export {
  commit,
  createUnitOfWork,
  type RecordPorts,
  type ServicePorts,
  type UnitOfWork,
} from './unit-of-work.ts';
export { validate } from './validate.ts';
