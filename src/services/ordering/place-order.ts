import type { Customer, LineItem, Order, Product } from '../../datastore/index.ts';
import { quote } from '../../kernel/index.ts';
import { present } from '../customer.ts';
import {
  CurrencyMismatchError,
  DuplicateLineItemError,
  EntityExistsError,
  UnknownEntityError,
} from '../errors.ts';
import type { Fact } from '../fact.ts';
import type { AddCartItem, PlaceOrder } from './commands.ts';
import { totalOf } from './total.ts';

export interface CartFacts {
  readonly customer: Customer | undefined;
  readonly product: Product | undefined;
}

/**
 * @throws {UnknownEntityError} `unknown_customer`, `unknown_product`.
 * @throws {CustomerErasedError}
 */
export function addCartItem(
  { customer, product }: CartFacts,
  { customerId, productId, quantity }: AddCartItem,
): { cartItem: AddCartItem; events: readonly Fact<'CartItemAdded'>[] } {
  present(customer, customerId);
  if (product === undefined) throw new UnknownEntityError('unknown_product', productId);
  const cartItem = { customerId, productId, quantity };
  return { cartItem, events: [{ type: 'CartItemAdded', data: cartItem }] };
}

export interface PlaceOrderFacts {
  readonly customer: Customer | undefined;
  /** The order that has the id already. */
  readonly existing: Order | undefined;
  /** Of each line item, in their order. */
  readonly products: readonly (Product | undefined)[];
}

/**
 * An order at the prices of this moment: what a product costs later does not concern it.
 * @throws {EntityExistsError} `order_exists`.
 * @throws {UnknownEntityError} `unknown_customer`, `unknown_product`.
 * @throws {CustomerErasedError}
 * @throws {DuplicateLineItemError} two line items of one id.
 * @throws {CurrencyMismatchError} products in several currencies have no total.
 * @throws {TotalTooLargeError} a total that is not exact.
 */
export function placeOrder(
  { customer, existing, products }: PlaceOrderFacts,
  { orderId, customerId, lineItems }: PlaceOrder,
): { order: Order; events: readonly Fact<'OrderStatusChanged'>[] } {
  if (existing !== undefined) throw new EntityExistsError('order_exists', orderId);
  present(customer, customerId);
  refuseDuplicates(orderId, lineItems);
  const order: Order = {
    id: orderId,
    customerId,
    status: 'placed',
    lineItems: lineItems.map((item, index) => priced(item, products[index])),
  };
  refuseMixedCurrencies(order);
  totalOf(order);
  const data = {
    orderId,
    customerId,
    previousStatus: null,
    status: order.status,
    reason: null,
    lineItems: order.lineItems.map(({ id, productId, quantity, unitPrice }) => {
      return { lineItemId: id, productId, quantity, unitPrice };
    }),
  };
  return { order, events: [{ type: 'OrderStatusChanged', data }] };
}

function priced(item: PlaceOrder['lineItems'][number], product: Product | undefined): LineItem {
  const { lineItemId, productId, quantity } = item;
  if (product === undefined) throw new UnknownEntityError('unknown_product', productId);
  return {
    id: lineItemId,
    productId,
    quantity,
    unitPrice: product.price,
    status: 'pending',
    trackingNumber: null,
  };
}

function refuseDuplicates(orderId: string, lineItems: PlaceOrder['lineItems']): void {
  const seen = new Set<string>();
  for (const { lineItemId } of lineItems) {
    if (seen.has(lineItemId)) throw new DuplicateLineItemError(orderId, lineItemId);
    seen.add(lineItemId);
  }
}

function refuseMixedCurrencies({ id, lineItems }: Order): void {
  const [currency, another] = new Set(lineItems.map(({ unitPrice }) => unitPrice.currency));
  if (currency === undefined || another === undefined) return;
  throw new CurrencyMismatchError(
    `order ${quote(id)}`,
    [currency, another],
    'Place one order for each currency.',
  );
}
