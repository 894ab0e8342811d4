import type { LineItemStatus, OrderStatus } from '../events/index.ts';
import type { OrderStore } from './datastore.ts';
import type { Db } from './db.ts';
import { prepared, select, slot } from './query.ts';
import type { LineItem } from './records.ts';
import type { Schema } from './schema.ts';
import { selectOrderStatusesSql } from './sqlite-sets.ts';

const findOrder = prepared((db) => db.selectFrom('shop_order').selectAll().where('id', '=', slot));

const findLineItems = prepared((db) =>
  db.selectFrom('line_item').selectAll().where('order_id', '=', slot).orderBy('position'),
);

const insertOrder = prepared((db) =>
  db.insertInto('shop_order').values({ id: slot, customer_id: slot, status: slot }),
);

const insertLineItem = prepared((db) =>
  db.insertInto('line_item').values({
    order_id: slot,
    id: slot,
    position: slot,
    product_id: slot,
    quantity: slot,
    unit_amount: slot,
    currency: slot,
    status: slot,
    tracking_number: slot,
  }),
);

const setStatus = prepared((db) => db.updateTable('shop_order').set({ status: slot }).where('id', '=', slot));

const setLineItem = prepared((db) =>
  db
    .updateTable('line_item')
    .set({ status: slot, tracking_number: slot })
    .where('order_id', '=', slot)
    .where('id', '=', slot),
);

const setLineItemStatuses = prepared((db) =>
  db.updateTable('line_item').set({ status: slot }).where('order_id', '=', slot).where('status', '=', slot),
);

export function orderStore(db: Db): OrderStore {
  return {
    async insert({ id, customerId, status, lineItems }) {
      await insertOrder(db, id, customerId, status);
      for (const [position, item] of lineItems.entries())
        await insertLineItem(db, ...toRow(id, item, position));
    },

    async find(id) {
      const [order] = await findOrder(db, id);
      if (order === undefined) return undefined;
      const rows = await findLineItems(db, id);
      return {
        id,
        customerId: order.customer_id,
        status: order.status as OrderStatus,
        lineItems: rows.map(toLineItem),
      };
    },

    async statuses(ids) {
      const rows = await select<Schema['shop_order']>(db, selectOrderStatusesSql, JSON.stringify(ids));
      const statuses = new Map(rows.map(({ id, status }) => [id, status as OrderStatus]));
      return ids.map((id) => statuses.get(id));
    },

    async setStatus(id, status) {
      await setStatus(db, status, id);
    },

    async setLineItem(orderId, { id, status, trackingNumber }) {
      await setLineItem(db, status, trackingNumber, orderId, id);
    },

    async setLineItemStatuses(orderId, from, to) {
      await setLineItemStatuses(db, to, orderId, from);
    },
  };
}

const toRow = (orderId: string, item: LineItem, position: number) =>
  [
    orderId,
    item.id,
    position,
    item.productId,
    item.quantity,
    item.unitPrice.amount,
    item.unitPrice.currency,
    item.status,
    item.trackingNumber,
  ] as const;

const toLineItem = (row: Schema['line_item']): LineItem => ({
  id: row.id,
  productId: row.product_id,
  quantity: row.quantity,
  unitPrice: { amount: row.unit_amount, currency: row.currency },
  status: row.status as LineItemStatus,
  trackingNumber: row.tracking_number,
});
