import type { LineItemStatus } from '../events/index.ts';
import type { ShipmentProgressStore } from './datastore.ts';
import type { Db } from './db.ts';
import { execute, prepared, slot } from './query.ts';
import { advanceShipmentSql } from './sqlite-sets.ts';

/**
 * Statuses as a ladder that is only climbed, so that events may come twice and in any order. A part that
 * was seen shipped cannot have been cancelled, so shipped stands above cancelled.
 */
const rankOf: Record<LineItemStatus, number> = { pending: 0, cancelled: 1, shipped: 2, delivered: 3 };

const anyProgress = prepared((db) =>
  db.selectFrom('shipment_progress').select('rank').where('order_id', '=', slot).limit(1),
);

/** One row for each line item of a live order, with what is known of it. */
const ranksOfOrder = prepared((db) =>
  db
    .selectFrom('shop_order')
    .innerJoin('line_item', 'line_item.order_id', 'shop_order.id')
    .leftJoin('shipment_progress as progress', (join) =>
      join
        .onRef('progress.order_id', '=', 'line_item.order_id')
        .onRef('progress.line_item_id', '=', 'line_item.id'),
    )
    .select('progress.rank')
    .where('shop_order.id', '=', slot)
    .where('shop_order.status', '<>', 'cancelled'),
);

/** Whole orders only: with some of its line items gone, an order would never be complete. */
const forgetSilentOrdersSql = `
  delete from shipment_progress as old where heard_at < ? and not exists (
    select 1 from shipment_progress as newer where newer.order_id = old.order_id and newer.heard_at >= ?)`;

const forgetOrder = prepared((db) => db.deleteFrom('shipment_progress').where('order_id', '=', slot));

export function shipmentProgressStore(db: Db): ShipmentProgressStore {
  return {
    async advance(orderId, items, atMs) {
      const rows = items.map(({ lineItemId, status }) => [lineItemId, rankOf[status]]);
      await execute(db, advanceShipmentSql, orderId, atMs, JSON.stringify(rows));
    },

    async knows(orderId) {
      return (await anyProgress(db, orderId)).length > 0;
    },

    async isComplete(orderId) {
      const ranks = (await ranksOfOrder(db, orderId)).map(({ rank }) => rank ?? rankOf.pending);
      return ranks.every((rank) => rank > rankOf.pending) && ranks.some((rank) => rank >= rankOf.shipped);
    },

    async forget(orderId) {
      await forgetOrder(db, orderId);
    },

    async forgetBefore(atMs) {
      return execute(db, forgetSilentOrdersSql, atMs, atMs);
    },
  };
}
