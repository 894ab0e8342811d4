import type { Datastore } from '../../datastore/index.ts';
import type { Money } from '../../events/index.ts';
import { UnknownEntityError } from '../errors.ts';
import { totalOf } from './total.ts';

export interface OrderContents {
  /** In the order of the line items; a product that is gone is named by its id. */
  readonly items: { readonly name: string; readonly quantity: number; readonly unitPrice: Money }[];
  readonly total: Money;
}

/**
 * What was ordered, in words that its customer knows.
 * @throws {UnknownEntityError} there is no such order.
 */
export async function contentsOf(
  { orders, products }: Pick<Datastore, 'orders' | 'products'>,
  orderId: string,
): Promise<OrderContents> {
  const order = await orders.find(orderId);
  if (order === undefined) throw new UnknownEntityError('unknown_order', orderId);
  const bought = await products.findMany(order.lineItems.map(({ productId }) => productId));
  const items = order.lineItems.map(({ productId, quantity, unitPrice }, index) => {
    return { name: bought[index]?.name ?? productId, quantity, unitPrice };
  });
  return { items, total: totalOf(order) };
}
