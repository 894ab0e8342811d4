import type { Product } from '../../datastore/index.ts';
import { quote } from '../../kernel/index.ts';
import { CurrencyMismatchError, EntityExistsError } from '../errors.ts';
import type { Fact } from '../fact.ts';
import type { AddProduct, UpdatePrice } from './commands.ts';

/**
 * @param existing the product that has the id already.
 * @throws {EntityExistsError} `product_exists`.
 */
export function addProduct(
  existing: Product | undefined,
  { productId, name, price }: AddProduct,
): { product: Product; events: readonly Fact<'ProductAdded'>[] } {
  if (existing !== undefined) throw new EntityExistsError('product_exists', productId);
  const product = { id: productId, name, price };
  return { product, events: [{ type: 'ProductAdded', data: { productId, name, price } }] };
}

/**
 * The price that it has already is no change, and no event.
 * @throws {CurrencyMismatchError} a price in another currency is neither a rise nor a drop.
 */
export function updatePrice(
  product: Product,
  { price }: Pick<UpdatePrice, 'price'>,
): { product: Product; events: readonly Fact<'PriceChanged'>[] } {
  const previousPrice = product.price;
  if (price.currency !== previousPrice.currency) {
    throw new CurrencyMismatchError(
      `the price history of product ${quote(product.id)}`,
      [previousPrice.currency, price.currency],
      'Add the product under another id for another currency.',
    );
  }
  if (price.amount === previousPrice.amount) return { product, events: [] };
  return {
    product: { ...product, price },
    events: [{ type: 'PriceChanged', data: { productId: product.id, previousPrice, price } }],
  };
}
