import type { Money, OrderStatus } from '../events/index.ts';
import type { NotificationType } from './catalogue.ts';

/** The notification that a change to each order status calls for. */
export const orderStatusNotification = {
  placed: 'order-confirmed',
  shipped: 'order-shipped',
  delivered: 'order-delivered',
  cancelled: 'order-cancelled',
} as const satisfies Record<OrderStatus, NotificationType>;

/** Prices in different currencies do not compare, so a change of currency is no drop. */
export function isPriceDrop(previousPrice: Money, price: Money): boolean {
  return price.currency === previousPrice.currency && price.amount < previousPrice.amount;
}
