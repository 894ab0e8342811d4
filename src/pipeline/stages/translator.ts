import type { Datastore } from '../../datastore/index.ts';
import type { Message, ShopEvents, ShopEventType } from '../../events/index.ts';
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
import { type PipelineMessage, type PriceDrop, type Promotion, pipelineMessages } from '../messages.ts';

/** Of these, one customer is told. */
type Personal = Extract<
  ShopEventType,
  'CustomerRegistered' | 'OrderStatusChanged' | 'LineItemStatusChanged' | 'PaymentFailed' | 'PaymentReceived'
>;
/** Of these, many are, a page of them at a time. */
type Announced = 'PriceChanged' | 'PriceDropContinued' | 'PromotionActivated' | 'PromotionContinued';
type Incoming = PipelineMessage<Personal | Announced>;
type News = {
  [Type in NotificationType]: Pick<NotificationOptions<Type>, 'type' | 'about' | 'variables'>;
}[NotificationType];
type Rules = { [Type in Personal]: (data: ShopEvents[Type]) => Promise<News | undefined> };

const announced: readonly Announced[] = [
  'PriceChanged',
  'PriceDropContinued',
  'PromotionActivated',
  'PromotionContinued',
];

/** How many customers are looked at at once when many are to be told. */
const candidatesPerPage = 1000;

/**
 * Turns what happens in the shop into requests. Knows all the rules for when to tell whom.
 * @param channels The names of those that are running.
 */
export function translatorStage(
  { carts, customers, orders, products, shipmentProgress }: Datastore,
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
  async function pageOfDrop(drop: PriceDrop, afterCustomerId: string, context: StageContext) {
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

  /** The next of those in its segments, in the same way. */
  async function pageOfPromotion(promotion: Promotion, afterCustomerId: string, context: StageContext) {
    const { promotionId: about, segments, cause, name, code, discountPercent } = promotion;
    const page = { afterCustomerId, limit: candidatesPerPage, atEvent: cause.id };
    const customerIds = await customers.inSegments(segments, page);
    const news = { about, variables: { name, code, discountPercent } };
    return customerIds.map((customerId, index) => {
      const notification = createNotification({ type: 'promotion-available', customerId, cause, ...news });
      return request(notification, context, index === candidatesPerPage - 1 ? promotion : undefined);
    });
  }

  function request(
    notification: Notification,
    { next }: StageContext,
    rest?: PriceDrop | Promotion,
  ): PipelineMessage {
    const { id: requestId, customerId: userId, type } = notification;
    const { onlyOn = channels, priority }: NotificationKind = notificationKinds[type];
    const on = channels.filter((channel) => onlyOn.includes(channel));
    const what = { channels: on, message: notification, priority, ...(rest && { rest }) };
    return next(pipelineMessages.NotificationSubmitted, { requestId, userId, ...what });
  }

  return {
    name: 'translate',
    accepts: [...(Object.keys(rules) as Personal[]), ...announced],
    async handle(message, context) {
      if (message.type === 'PriceDropContinued')
        return pageOfDrop(message.data.rest, message.data.userId, context);
      if (message.type === 'PriceChanged') {
        const drop = { ...message.data, cause: causeOf(message) };
        return isPriceDrop(drop.previousPrice, drop.price) ? pageOfDrop(drop, '', context) : [];
      }
      if (message.type === 'PromotionContinued')
        return pageOfPromotion(message.data.rest, message.data.userId, context);
      if (message.type === 'PromotionActivated')
        return pageOfPromotion({ ...message.data, cause: causeOf(message) }, '', context);
      const rule = rules[message.type] as (data: unknown) => ReturnType<Rules[Personal]>;
      const news = await rule(message.data);
      const { customerId } = message.data;
      return news ? [request(createNotification({ ...news, customerId, cause: message }), context)] : [];
    },
  };
}

/** What a notification keeps of its cause. */
const causeOf = ({ id, subject, time, correlationId }: Message) => ({ id, subject, time, correlationId });
