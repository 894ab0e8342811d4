import type { LineItemStatus } from '../../../src/events/index.ts';
import { defineProjection } from '../../../src/operations/projections/index.ts';

interface Row {
  readonly [column: string]: unknown;
}

const afterStatus: Partial<Record<string, Partial<Record<LineItemStatus, LineItemStatus>>>> = {
  shipped: { pending: 'shipped' },
  delivered: { shipped: 'delivered' },
  cancelled: { pending: 'cancelled' },
};

/** The shop's own tables, made of nothing but events. Keys begin with the table. */
export const shopTables = defineProjection({
  name: 'shop-tables',
  words: "the shop's tables",
  version: 1,
  handles: [
    'CustomerRegistered',
    'ProductAdded',
    'PriceChanged',
    'CartItemAdded',
    'CartItemRemoved',
    'OrderStatusChanged',
    'LineItemStatusChanged',
    'PaymentFailed',
    'PaymentReceived',
  ],
  async project(event, rows) {
    const change = async (key: string, columns: Row): Promise<void> =>
      rows.set(key, { ...((await rows.get(key)) as Row), ...columns });
    switch (event.type) {
      case 'CustomerRegistered': {
        const { customerId: id, profile } = event.data;
        if (profile === null) return;
        const { addresses, preferences, quietHours, timeZone, ...columns } = profile;
        return rows.set(`customer ${id}`, {
          id,
          ...columns,
          addresses: JSON.stringify(addresses),
          time_zone: timeZone,
          preferences: JSON.stringify(preferences),
          quiet_start: quietHours?.start ?? null,
          quiet_end: quietHours?.end ?? null,
          erased_at: null,
        });
      }
      case 'ProductAdded': {
        const { productId: id, name, price } = event.data;
        return rows.set(`product ${id}`, { id, name, price_amount: price.amount, currency: price.currency });
      }
      case 'PriceChanged':
        return change(`product ${event.data.productId}`, { price_amount: event.data.price.amount });
      case 'CartItemAdded': {
        const { customerId: customer_id, productId: product_id, quantity } = event.data;
        const key = `cart_item ${product_id} ${customer_id}`;
        const before = (await rows.get(key)) as { quantity: number } | undefined;
        return rows.set(key, { product_id, customer_id, quantity: (before?.quantity ?? 0) + quantity });
      }
      case 'CartItemRemoved':
        return rows.delete(`cart_item ${event.data.productId} ${event.data.customerId}`);
      case 'OrderStatusChanged': {
        const { orderId: id, customerId: customer_id, status, lineItems } = event.data;
        rows.set(`shop_order ${id}`, { id, customer_id, status });
        const ids = (lineItems ?? []).map(({ lineItemId }) => lineItemId);
        if (lineItems !== null) rows.set(`(ids) ${id}`, ids);
        for (const [position, item] of (lineItems ?? []).entries()) {
          rows.set(`line_item ${id} ${item.lineItemId}`, {
            order_id: id,
            id: item.lineItemId,
            position,
            product_id: item.productId,
            quantity: item.quantity,
            unit_amount: item.unitPrice.amount,
            currency: item.unitPrice.currency,
            status: 'pending',
            tracking_number: null,
          });
        }
        const after = afterStatus[status] ?? {};
        for (const itemId of ((await rows.get(`(ids) ${id}`)) ?? []) as string[]) {
          const item = (await rows.get(`line_item ${id} ${itemId}`)) as { status: LineItemStatus };
          await change(`line_item ${id} ${itemId}`, { status: after[item.status] ?? item.status });
        }
        return;
      }
      case 'LineItemStatusChanged': {
        const { orderId, lineItemId, status, trackingNumber } = event.data;
        const columns = { status, tracking_number: trackingNumber ?? null };
        return change(`line_item ${orderId} ${lineItemId}`, columns);
      }
      case 'PaymentFailed':
      case 'PaymentReceived': {
        const { paymentId: id, orderId: order_id, amount } = event.data;
        const status = event.type === 'PaymentFailed' ? 'failed' : 'received';
        return rows.set(`payment ${id}`, { id, order_id, ...amount, status });
      }
    }
  },
});
