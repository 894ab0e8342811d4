import { millisecondsInDay } from 'date-fns/constants';
import type { CartStore } from './datastore.ts';
import type { Db } from './db.ts';
import { execute, prepared, select, slot } from './query.ts';
import {
  addToCartSql,
  forgetRemovedSql,
  keepRemovedSql,
  selectInCartAtSql,
  selectInCartSql,
} from './sqlite-sets.ts';

const removeItem = prepared((db) =>
  db
    .deleteFrom('cart_item')
    .where('product_id', '=', slot)
    .where('customer_id', '=', slot)
    .returning(['product_id as productId', 'quantity']),
);

const findItem = prepared((db) =>
  db
    .selectFrom('cart_item')
    .select('quantity')
    .where('product_id', '=', slot)
    .where('customer_id', '=', slot),
);

const positionOf = prepared((db) => db.selectFrom('event_log').select('position').where('id', '=', slot));

/** Longer than any event is worth handling: news of a price is old after a day. */
const removedKeptForMs = 7 * millisecondsInDay;

/** So many are forgotten with each change at most, which is more than it adds. */
const forgottenAtOnce = 1000;

export function cartStore(db: Db): CartStore {
  return {
    async add({ customerId, productId, quantity }) {
      await execute(db, addToCartSql, productId, customerId, quantity);
    },

    async remove(customerId, productIds, atMs) {
      await execute(db, forgetRemovedSql, atMs - removedKeptForMs, forgottenAtOnce);
      await execute(db, keepRemovedSql, atMs, customerId, JSON.stringify(productIds));
      const removed: { productId: string; quantity: number }[] = [];
      for (const productId of productIds) removed.push(...(await removeItem(db, productId, customerId)));
      return removed;
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

    async customersWith(productId, { afterCustomerId, limit, atEvent }) {
      const [event] = atEvent === undefined ? [] : await positionOf(db, atEvent);
      const position = event?.position ?? Number.MAX_SAFE_INTEGER;
      const those = [productId, afterCustomerId, position] as const;
      const rows = await select<{ customer_id: string }>(
        db,
        selectInCartAtSql,
        ...those,
        ...those,
        position,
        limit,
      );
      return rows.map((row) => row.customer_id);
    },
  };
}
