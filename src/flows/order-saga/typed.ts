import { InputError } from '../../kernel/index.ts';
import { entryOf, type TypedForm } from '../../pipeline-runtime/index.ts';
import { orderMessages as messages } from './messages.ts';
import { type OrderRow, orderOfRow, orderRowOf } from './orders.ts';

/** What a person may say in the shop. */
export const typedOrders: readonly TypedForm[] = [
  {
    form: 'order WHO ARTICLE [QUANTITY] [DEPOT]',
    does: 'an order of bikes or helmets; it is shipped from north, unless DEPOT is jammed',
    read([who = '', article = '', quantity = '1', depot = 'north'], { nowMs, number }) {
      const row = rowOf({ nowMs, order_id: `o${number}`, customer_id: who, sku: article, quantity, depot });
      return [entryOf(messages.OrderSubmitted, orderOfRow(row), { atMs: nowMs, place: `line ${number}` })];
    },
  },
  {
    form: 'pay ORDER [CARD]',
    does: 'its customer gives a card: good, declined, or silent, which is not answered',
    read([orderId = '', card = 'good'], { nowMs, number }) {
      const row = rowOf({ nowMs, order_id: orderId, card });
      const data = { orderId: row.orderId, card: row.card, hops: 0 };
      return [entryOf(messages.PaymentSubmitted, data, { atMs: nowMs, place: `line ${number}` })];
    },
  },
];

/** Held to the same rules as a line of a file. */
function rowOf({ nowMs, ...said }: { nowMs: number } & Partial<Parameters<typeof orderRowOf>[0]>): OrderRow {
  const row = orderRowOf({
    at: new Date(nowMs).toISOString(),
    order_id: 'o',
    customer_id: 'c',
    sku: 'helmet',
    quantity: '1',
    card: 'good',
    depot: 'north',
    pays_after_minutes: '0',
    ...said,
  });
  if (typeof row === 'string') throw new InputError({ message: row, help: 'Type it again.' });
  return row;
}
