import type { Datastore } from '../../datastore/index.ts';
import type { ShopEvents, ShopEventType } from '../../events/index.ts';
import type { Clock } from '../../kernel/index.ts';
import {
  createNotification,
  isPriceDrop,
  type Notification,
  type NotificationKind,
  type NotificationOptions,
  type NotificationType,
  notificationKinds,
  orderStatusNotification,
} from '../../notifications/index.ts';
import type { Stage, StageContext } from '../../pipeline-runtime/index.ts';
import { contentsOf } from '../../services/index.ts';
import { type PipelineMessage, type PriceDrop, pipelineMessages } from '../messages.ts';

/** Of these, one customer is told. */
type Personal = Extract<
  ShopEventType,
  'CustomerRegistered' | 'OrderStatusChanged' | 'LineItemStatusChanged' | 'PaymentFailed' | 'PaymentReceived'
>;
type Incoming = PipelineMessage<Personal | 'PriceChanged' | 'PriceDropContinued'>;
type News = {
  [Type in NotificationType]: Pick<NotificationOptions<Type>, 'type' | 'about' | 'variables'>;
}[NotificationType];
type Rules = { [Type in Personal]: (data: ShopEvents[Type]) => Promise<News | undefined> };

/** How many carts are looked at at once when a price drops. */
const candidatesPerPage = 1000;

/**
 * Turns what happens in the shop into requests. Knows all the rules for when to tell whom.
 * @param channels The names of those that are running.
 */
export function intakeStage(
  { carts, orders, products, shipmentProgress }: Datastore,
  clock: Clock,
  channels: readonly string[],
): Stage<Incoming, PipelineMessage> {
  const rules: Rules = {
    CustomerRegistered: async ({ customerId: about }) => ({ type: 'welcome', about, variables: {} }),

    async OrderStatusChanged({ orderId, status, reason }) {
      const type = orderStatusNotification[status];
      if (type === 'order-confirmed')
        return {
          type,
          about: orderId,
          variables: { orderId, ...(await contentsOf({ orders, products }, orderId)) },
        };
      if (type === 'order-cancelled') return { type, about: orderId, variables: { orderId, reason } };
      return { type, about: orderId, variables: { orderId } };
    },

    async LineItemStatusChanged({ orderId, ...item }) {
      // A row a line item that only climbs and stays: events may come late, twice and in any order.
      await shipmentProgress.advance(orderId, [item], clock.now());
      if (!(await shipmentProgress.isComplete(orderId))) return undefined;
      const order = await orders.find(orderId);
      const trackingNumbers = new Set(order?.lineItems.flatMap(({ trackingNumber }) => trackingNumber ?? []));
      const variables = { orderId, trackingNumbers: [...trackingNumbers] };
      return { type: 'order-complete', about: orderId, variables };
    },

    async PaymentFailed({ paymentId: about, orderId, amount, reason }) {
      return { type: 'payment-failed', about, variables: { orderId, amount, reason } };
    },

    async PaymentReceived({ paymentId, orderId, amount }) {
      const { items } = await contentsOf({ orders, products }, orderId);
      return {
        type: 'payment-received',
        about: paymentId,
        variables: { orderId, paymentId, amount, items },
      };
    },
  };

  /** The next of those who had the product in the cart; with the last of them goes what comes after. */
  async function pageOf(drop: PriceDrop, afterCustomerId: string, context: StageContext) {
    const { productId, previousPrice, price, cause } = drop;
    const page = { afterCustomerId, limit: candidatesPerPage, atEvent: cause.id };
    const customerIds = await carts.customersWith(productId, page);
    const productName = (await products.find(productId))?.name ?? productId;
    const news = { about: cause.id, variables: { productName, previousPrice, price } };
    return customerIds.map((customerId, index) => {
      const notification = createNotification({ type: 'price-drop', customerId, cause, ...news });
      return request(notification, context, index === candidatesPerPage - 1 ? drop : undefined);
    });
  }

  function request(notification: Notification, { next }: StageContext, rest?: PriceDrop): PipelineMessage {
    const { id: requestId, customerId: userId, type } = notification;
    const { onlyOn = channels, priority }: NotificationKind = notificationKinds[type];
    const on = channels.filter((channel) => onlyOn.includes(channel));
    const what = { channels: on, message: notification, priority, ...(rest && { rest }) };
    return next(pipelineMessages.NotificationSubmitted, { requestId, userId, ...what });
  }

  return {
    name: 'intake',
    accepts: [...(Object.keys(rules) as Personal[]), 'PriceChanged', 'PriceDropContinued'],
    async handle(message, context) {
      if (message.type === 'PriceDropContinued')
        return pageOf(message.data.rest, message.data.userId, context);
      if (message.type === 'PriceChanged') {
        const { id, subject, time, correlationId, data } = message;
        const drop = { ...data, cause: { id, subject, time, correlationId } };
        return isPriceDrop(data.previousPrice, data.price) ? pageOf(drop, '', context) : [];
      }
      const rule = rules[message.type] as (data: unknown) => ReturnType<Rules[Personal]>;
      const news = await rule(message.data);
      const { customerId } = message.data;
      return news ? [request(createNotification({ ...news, customerId, cause: message }), context)] : [];
    },
  };
}
