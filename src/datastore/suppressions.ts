import type { SuppressionStore } from './datastore.ts';
import { prepared, slot } from './query.ts';
import type { Db } from './sqlite.ts';

const insertSuppression = prepared((db) =>
  db
    .insertInto('suppression')
    .values({ address: slot, reason: slot, since: slot })
    .onConflict((conflict) => conflict.doNothing()),
);

const removeSuppression = prepared((db) => db.deleteFrom('suppression').where('address', '=', slot));

export function suppressionStore(db: Db): SuppressionStore {
  return {
    async add({ address, reason, sinceMs }) {
      await insertSuppression(db, address, reason, sinceMs);
    },

    async remove(address) {
      await removeSuppression(db, address);
    },
  };
}
