import type { PaymentStore } from './datastore.ts';
import type { Db } from './db.ts';
import { prepared, slot } from './query.ts';
import type { Payment } from './records.ts';

const findPayment = prepared((db) => db.selectFrom('payment').selectAll().where('id', '=', slot));

const insertPayment = prepared((db) =>
  db.insertInto('payment').values({ id: slot, order_id: slot, amount: slot, currency: slot, status: slot }),
);

export function paymentStore(db: Db): PaymentStore {
  return {
    async insert({ id, orderId, amount, status }) {
      await insertPayment(db, id, orderId, amount.amount, amount.currency, status);
    },

    async find(id) {
      const [row] = await findPayment(db, id);
      return (
        row && {
          id: row.id,
          orderId: row.order_id,
          amount: { amount: row.amount, currency: row.currency },
          status: row.status as Payment['status'],
        }
      );
    },
  };
}
