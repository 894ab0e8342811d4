import type { CartStore } from './datastore.ts';
import { prepared, select, slot } from './query.ts';
import type { Db } from './sqlite.ts';
import { selectInCartSql } from './sqlite-sets.ts';

const addItem = prepared((db) =>
  db
    .insertInto('cart_item')
    .values({ product_id: slot, customer_id: slot, quantity: slot })
    .onConflict((conflict) =>
      conflict.doUpdateSet((eb) => ({
        quantity: eb('cart_item.quantity', '+', eb.ref('excluded.quantity')),
      })),
    ),
);

const removeItem = prepared((db) =>
  db.deleteFrom('cart_item').where('product_id', '=', slot).where('customer_id', '=', slot),
);

const findItem = prepared((db) =>
  db
    .selectFrom('cart_item')
    .select('quantity')
    .where('product_id', '=', slot)
    .where('customer_id', '=', slot),
);

const pageOfCustomers = prepared((db) =>
  db
    .selectFrom('cart_item')
    .select('customer_id')
    .where('product_id', '=', slot)
    .where('customer_id', '>', slot)
    .orderBy('customer_id')
    .limit(slot),
);

export function cartStore(db: Db): CartStore {
  return {
    async add({ customerId, productId, quantity }) {
      await addItem(db, productId, customerId, quantity);
    },

    async remove(customerId, productIds) {
      for (const productId of productIds) await removeItem(db, productId, customerId);
    },

    async has(customerId, productId) {
      return (await findItem(db, productId, customerId)).length > 0;
    },

    async hasMany(items) {
      const rows = JSON.stringify(items.map(({ customerId, productId }) => [productId, customerId]));
      const there = await select<{ place: number }>(db, selectInCartSql, rows);
      const places = new Set(there.map(({ place }) => place));
      return items.map((_, place) => places.has(place));
    },

    async customersWith(productId, { afterCustomerId, limit }) {
      const rows = await pageOfCustomers(db, productId, afterCustomerId, limit);
      return rows.map((row) => row.customer_id);
    },
  };
}
