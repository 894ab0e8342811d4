import { expect, test } from 'vitest';
import { cartStore } from '../../src/datastore/carts.ts';
import type { CartStore } from '../../src/datastore/index.ts';
import { select } from '../../src/datastore/query.ts';
import { openSqlite } from '../../src/datastore/sqlite.ts';
import { emptyDatastore } from '../support/a-datastore.ts';

/** All who have the product, read in pages of the size. */
async function readPages(carts: CartStore, productId: string, limit: number): Promise<string[][]> {
  const pages: string[][] = [];
  for (let afterCustomerId = ''; pages.length < 10; ) {
    const page = await carts.customersWith(productId, { afterCustomerId, limit });
    const last = page.at(-1);
    if (last === undefined) return pages;
    pages.push([...page]);
    afterCustomerId = last;
  }
  throw new Error('the pages never end');
}

test('a product is in the cart once it is added, until it is removed', async () => {
  const { carts } = await emptyDatastore();
  await carts.add({ customerId: 'kim', productId: 'helmet', quantity: 1 });
  await carts.add({ customerId: 'kim', productId: 'bell', quantity: 1 });
  expect(await carts.has('kim', 'helmet')).toBe(true);
  expect(await carts.has('lee', 'helmet')).toBe(false);

  await carts.remove('kim', ['helmet', 'never there'], 0);

  expect(await carts.has('kim', 'helmet')).toBe(false);
  expect(await carts.has('kim', 'bell')).toBe(true);
});

test('who adds a product twice has it in the cart once, in the quantity of both', async () => {
  const db = openSqlite(':memory:');
  const carts = cartStore(db);

  for (const quantity of [1, 2]) await carts.add({ customerId: 'kim', productId: 'helmet', quantity });

  expect(await carts.customersWith('helmet', { afterCustomerId: '', limit: 10 })).toEqual(['kim']);
  expect(await select(db, 'select quantity from cart_item')).toEqual([{ quantity: 3 }]);
});

test('pages together hold everyone with the product once, in order, and nobody else', async () => {
  const { carts } = await emptyDatastore();
  for (const customerId of ['eve', 'ada', 'dan', 'cat', 'ben']) {
    await carts.add({ customerId, productId: 'helmet', quantity: 1 });
  }
  await carts.add({ customerId: 'bob', productId: 'bell', quantity: 1 });

  expect(await readPages(carts, 'helmet', 2)).toEqual([['ada', 'ben'], ['cat', 'dan'], ['eve']]);
  expect(await readPages(carts, 'helmet', 5)).toEqual([['ada', 'ben', 'cat', 'dan', 'eve']]);
  expect(await readPages(carts, 'pump', 2)).toEqual([]);
});

test('who comes or goes while pages are read leaves the others their place', async () => {
  const { carts } = await emptyDatastore();
  for (const customerId of ['ada', 'ben', 'dan', 'eve']) {
    await carts.add({ customerId, productId: 'helmet', quantity: 1 });
  }
  await carts.customersWith('helmet', { afterCustomerId: '', limit: 2 });

  await carts.remove('ada', ['helmet'], 0);
  await carts.add({ customerId: 'cat', productId: 'helmet', quantity: 1 });

  const next = await carts.customersWith('helmet', { afterCustomerId: 'ben', limit: 2 });
  expect(next).toEqual(['cat', 'dan']);
});
