import type { Datastore } from '../datastore/index.ts';
import type { Message, MessageOf, ShopEvents } from '../events/index.ts';
import type { Clock } from '../kernel/index.ts';
import {
  createNotification,
  type Notification,
  type NotificationOptions,
  type NotificationType,
  type NotificationVariables,
  orderStatusNotification,
} from '../notifications/index.ts';
import { totalOf, UnknownEntityError } from '../services/index.ts';
import type { PriceDrop } from './messages.ts';

export interface RulesOptions {
  datastore: Datastore;
  clock: Clock;
}

/** How many carts are looked at at once when a price drops. */
export const customersPerPage = 1000;

/** When to tell whom what. */
export function createRules({ datastore, clock }: RulesOptions) {
  const { carts, orders, products, shipmentProgress } = datastore;

  async function contentsOf(orderId: string): Promise<NotificationVariables['order-confirmed']> {
    const order = await orders.find(orderId);
    if (order === undefined) throw new UnknownEntityError('unknown_order', orderId);
    const bought = await products.findMany(order.lineItems.map(({ productId }) => productId));
    const items = order.lineItems.map(({ productId, quantity }, index) => {
      return { name: bought[index]?.name ?? productId, quantity };
    });
    return { orderId, items, total: totalOf(order) };
  }

  /** The tracking numbers of an order of which everything has shipped that was not cancelled. */
  async function shipped({ orderId, ...item }: ShopEvents['LineItemStatusChanged']) {
    // A row a line item that only climbs: events may come late, twice and in any order.
    await shipmentProgress.advance(orderId, [item], clock.now());
    if (!(await shipmentProgress.isComplete(orderId))) return undefined;
    const order = await orders.find(orderId);
    return [...new Set(order?.lineItems.flatMap(({ trackingNumber }) => trackingNumber ?? []))];
  }

  return {
    /** The one whom an event of the shop concerns, and what of. */
    async notificationFor(event: TellingEvent): Promise<Notification | undefined> {
      switch (event.type) {
        case 'CustomerRegistered':
          return tell('welcome', event, { about: event.data.customerId, variables: {} });
        case 'OrderStatusChanged': {
          const { orderId: about, status, reason } = event.data;
          const type = orderStatusNotification[status];
          if (type === 'order-confirmed')
            return tell(type, event, { about, variables: await contentsOf(about) });
          if (type === 'order-cancelled')
            return tell(type, event, { about, variables: { orderId: about, reason } });
          return tell(type, event, { about, variables: { orderId: about } });
        }
        case 'LineItemStatusChanged': {
          const { orderId } = event.data;
          const trackingNumbers = await shipped(event.data);
          const variables = trackingNumbers && { orderId, trackingNumbers };
          return variables && tell('order-complete', event, { about: orderId, variables });
        }
        case 'PaymentFailed': {
          const { paymentId: about, orderId, amount, reason } = event.data;
          return tell('payment-failed', event, { about, variables: { orderId, amount, reason } });
        }
        case 'PaymentReceived': {
          const { paymentId: about, orderId, amount } = event.data;
          return tell('payment-received', event, { about, variables: { orderId, amount } });
        }
      }
    },

    /** A page of those who have the product in the cart, from behind one of them on. */
    async candidatesFor(drop: PriceDrop, afterCustomerId: string): Promise<readonly Notification[]> {
      const { productId, previousPrice, price, cause } = drop;
      const page = { afterCustomerId, limit: customersPerPage };
      const customerIds = await carts.customersWith(productId, page);
      if (customerIds.length === 0) return [];
      const productName = (await products.find(productId))?.name ?? productId;
      const variables = { productName, previousPrice, price };
      return customerIds.map((customerId) =>
        createNotification({ type: 'price-drop', customerId, cause, about: cause.id, variables }),
      );
    },
  };
}

export type TellingEvent = {
  [Type in 'CustomerRegistered' | 'OrderStatusChanged' | 'LineItemStatusChanged' | 'PaymentFailed' | 'PaymentReceived']: MessageOf<ShopEvents, Type>;
}[never];

const tell = <Type extends NotificationType>(
  type: Type,
  cause: Message<string, { readonly customerId: string }>,
  what: Pick<NotificationOptions<Type>, 'about' | 'variables'>,
): Notification<Type> =>
  createNotification({ type, customerId: cause.data.customerId, cause, ...what });
