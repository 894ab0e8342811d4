import type { CartStore, Order } from '../../datastore/index.ts';
import type { Fact } from '../fact.ts';

/**
 * Takes what was ordered out of the cart, and says what was in it.
 * @param atMs milliseconds since the epoch.
 */
export async function takeOutOfCart(
  carts: CartStore,
  { id: orderId, customerId, lineItems }: Order,
  atMs: number,
): Promise<readonly Fact<'CartItemRemoved'>[]> {
  const productIds = [...new Set(lineItems.map(({ productId }) => productId))];
  const removed = await carts.remove(customerId, productIds, atMs);
  return removed.map(({ productId, quantity }) => {
    return { type: 'CartItemRemoved', data: { customerId, productId, quantity, orderId } };
  });
}
