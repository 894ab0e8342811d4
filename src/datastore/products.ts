import type { ProductStore } from './datastore.ts';
import type { Db } from './db.ts';
import { prepared, select, slot } from './query.ts';
import type { Product } from './records.ts';
import type { Schema } from './schema.ts';
import { selectProductsSql } from './sqlite-sets.ts';

type Row = Schema['product'];

const findProduct = prepared((db) => db.selectFrom('product').selectAll().where('id', '=', slot));

const insertProduct = prepared((db) =>
  db.insertInto('product').values({ id: slot, name: slot, price_amount: slot, currency: slot }),
);

const setPrice = prepared((db) =>
  db.updateTable('product').set({ price_amount: slot, currency: slot }).where('id', '=', slot),
);

export function productStore(db: Db): ProductStore {
  return {
    async insert({ id, name, price }) {
      await insertProduct(db, id, name, price.amount, price.currency);
    },

    async find(id) {
      const [row] = await findProduct(db, id);
      return row && toProduct(row);
    },

    async findMany(ids) {
      const rows = await select<Row>(db, selectProductsSql, JSON.stringify(ids));
      const products = new Map(rows.map((row) => [row.id, toProduct(row)]));
      return ids.map((id) => products.get(id));
    },

    async setPrice(id, { amount, currency }) {
      await setPrice(db, amount, currency, id);
    },
  };
}

const toProduct = ({ id, name, price_amount: amount, currency }: Row): Product => ({
  id,
  name,
  price: { amount, currency },
});
