import type { LineItem, Order } from '../../datastore/index.ts';
import type { LineItemStatus, OrderStatus } from '../../events/index.ts';
import { quote } from '../../kernel/index.ts';
import { UnknownEntityError, WrongStatusError } from '../errors.ts';
import type { Fact } from '../fact.ts';
import type { CancelOrder, ShipLineItem } from './commands.ts';

/** The order as it is afterwards, and what happened. */
export interface OrderDecision<Type extends 'OrderStatusChanged' | 'LineItemStatusChanged'> {
  readonly order: Order;
  readonly events: readonly Fact<Type>[];
}

/**
 * Ships the whole order at once. Line items that were still pending go with it, unmentioned.
 * @throws {WrongStatusError} `wrong_order_status`: only a placed order.
 */
export function shipOrder(order: Order): OrderDecision<'OrderStatusChanged'> {
  requirePlaced(order, 'shipped');
  return changeStatus(order, { status: 'shipped', items: { pending: 'shipped' } });
}

/**
 * Ships one line item. The order's own status is left alone: to know that all have shipped is not this
 * service's work.
 * @throws {WrongStatusError} `wrong_order_status`: only of a placed order; `wrong_line_item_status`: only a
 * pending line item.
 * @throws {UnknownEntityError} `unknown_line_item`.
 */
export function shipLineItem(
  order: Order,
  { lineItemId, trackingNumber }: Pick<ShipLineItem, 'lineItemId' | 'trackingNumber'>,
): OrderDecision<'LineItemStatusChanged'> {
  requirePlaced(order, 'shipped in part');
  const item = order.lineItems.find(({ id }) => id === lineItemId);
  if (item === undefined) throw new UnknownEntityError('unknown_line_item', lineItemId);
  if (item.status !== 'pending') {
    throw new WrongStatusError('wrong_line_item_status', lineItemId, {
      message: `line item ${quote(lineItemId)} is ${item.status} and cannot be shipped`,
      help: 'Ship a line item while it is pending.',
    });
  }
  const shipped: LineItem = { ...item, status: 'shipped', trackingNumber: trackingNumber ?? null };
  const data = {
    orderId: order.id,
    customerId: order.customerId,
    lineItemId,
    productId: item.productId,
    quantity: item.quantity,
    previousStatus: item.status,
    status: shipped.status,
    // An absent key and an undefined one would differ once the event has been through JSON.
    ...(trackingNumber === undefined ? {} : { trackingNumber }),
  };
  return {
    order: { ...order, lineItems: order.lineItems.map((each) => (each === item ? shipped : each)) },
    events: [{ type: 'LineItemStatusChanged', data }],
  };
}

/**
 * Delivers an order that was shipped, be it at once or item by item.
 * @throws {WrongStatusError} `wrong_order_status`.
 */
export function deliverOrder(order: Order): OrderDecision<'OrderStatusChanged'> {
  const shippedItemByItem =
    order.status === 'placed' && order.lineItems.every(({ status }) => status === 'shipped');
  if (order.status !== 'shipped' && !shippedItemByItem) {
    throw new WrongStatusError('wrong_order_status', order.id, {
      message: `order ${quote(order.id)} is ${order.status} and cannot be delivered`,
      help: 'Ship the order, or each of its line items, first.',
    });
  }
  return changeStatus(order, { status: 'delivered', items: { shipped: 'delivered' } });
}

/**
 * Cancels an order of which nothing has shipped.
 * @throws {WrongStatusError} `wrong_order_status`.
 */
export function cancelOrder(
  order: Order,
  { reason }: Pick<CancelOrder, 'reason'>,
): OrderDecision<'OrderStatusChanged'> {
  requirePlaced(order, 'cancelled');
  const gone = order.lineItems.find(({ status }) => status !== 'pending');
  if (gone !== undefined) {
    throw new WrongStatusError('wrong_order_status', order.id, {
      message: `order ${quote(order.id)} cannot be cancelled: line item ${quote(gone.id)} is ${gone.status}`,
      help: 'Cancel an order before any of it ships.',
    });
  }
  return changeStatus(order, { status: 'cancelled', items: { pending: 'cancelled' }, reason });
}

interface StatusChange {
  status: OrderStatus;
  /** What becomes of the line items, by their status; the others stay. */
  items: Partial<Record<LineItemStatus, LineItemStatus>>;
  reason?: string;
}

function changeStatus(
  order: Order,
  { status, items, reason }: StatusChange,
): OrderDecision<'OrderStatusChanged'> {
  const lineItems = order.lineItems.map((item) => ({ ...item, status: items[item.status] ?? item.status }));
  const data = {
    orderId: order.id,
    customerId: order.customerId,
    previousStatus: order.status,
    status,
    reason: reason ?? null,
    lineItems: null,
  };
  return { order: { ...order, status, lineItems }, events: [{ type: 'OrderStatusChanged', data }] };
}

function requirePlaced(order: Order, participle: string): void {
  if (order.status === 'placed') return;
  throw new WrongStatusError('wrong_order_status', order.id, {
    message: `order ${quote(order.id)} is ${order.status} and cannot be ${participle}`,
    help: 'Only an order whose status is placed can be.',
  });
}
