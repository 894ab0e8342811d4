import type { Order } from '../../datastore/index.ts';
import type { Money } from '../../events/index.ts';
import { TotalTooLargeError } from '../errors.ts';

/**
 * What the order costs, at the prices of its placement. An order is never empty and has one currency.
 * @throws {TotalTooLargeError} when the sum is no longer exact.
 */
export function totalOf({ id, lineItems }: Pick<Order, 'id' | 'lineItems'>): Money {
  const [first] = lineItems;
  if (first === undefined) throw new TypeError(`order ${id} has no line items`);
  const amount = lineItems.reduce((sum, item) => sum + item.quantity * item.unitPrice.amount, 0);
  if (!Number.isSafeInteger(amount)) throw new TotalTooLargeError(id);
  return { amount, currency: first.unitPrice.currency };
}
