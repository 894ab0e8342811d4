import type { PromotionStore } from './datastore.ts';
import type { Db } from './db.ts';
import { prepared, slot } from './query.ts';

const findPromotion = prepared((db) => db.selectFrom('promotion').selectAll().where('id', '=', slot));

const insertPromotion = prepared((db) =>
  db
    .insertInto('promotion')
    .values({ id: slot, name: slot, code: slot, discount_percent: slot, segments: slot }),
);

export function promotionStore(db: Db): PromotionStore {
  return {
    async insert({ id, name, code, discountPercent, segments }) {
      await insertPromotion(db, id, name, code, discountPercent, JSON.stringify(segments));
    },

    async find(id) {
      const [row] = await findPromotion(db, id);
      if (row === undefined) return undefined;
      const { discount_percent: discountPercent, segments, ...rest } = row;
      return { ...rest, discountPercent, segments: JSON.parse(segments) };
    },
  };
}
