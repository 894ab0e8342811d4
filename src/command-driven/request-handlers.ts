import type { Datastore } from '../datastore/index.ts';
import { createMessage, type Message, type MessageOf, type MessagePorts } from '../events/index.ts';
import {
  createNotification,
  isPriceDrop,
  type NotificationOptions,
  type NotificationType,
  orderStatusNotification,
} from '../notifications/index.ts';
import { contentsOf } from '../services/index.ts';
import { type CommandDrivenMessages, notificationMessages } from './messages.ts';

type Event<Type extends keyof CommandDrivenMessages> = MessageOf<CommandDrivenMessages, Type>;
type Emitted = readonly MessageOf<CommandDrivenMessages>[];

export interface RequestPorts extends MessagePorts {
  datastore: Datastore;
}

/** How many customers are looked at at once when many are to be told. */
const candidatesPerPage = 1000;

/** For every event of the shop, who is to be told what: NotificationRequested, or nothing. */
export function createRequestHandlers(ports: RequestPorts) {
  const { orders, products, carts, customers, shipmentProgress } = ports.datastore;

  function request<Type extends NotificationType>(
    cause: Message,
    options: Omit<NotificationOptions<Type>, 'cause'>,
    of: NotificationOptions<Type>['cause'] = cause,
  ): Event<'NotificationRequested'> {
    const notification = createNotification({ cause: of, ...options });
    return createMessage(ports, notificationMessages.NotificationRequested, { notification }, cause);
  }

  /** A page of those who are to be told, and the command to read the next: memory does not grow with them. */
  function tellPage<Type extends NotificationType>(
    command: Event<'FindPriceDropCandidates' | 'FindPromotionCandidates'>,
    customerIds: readonly string[],
    news: Omit<NotificationOptions<Type>, 'cause' | 'customerId'>,
  ): Emitted {
    const afterCustomerId = customerIds.at(-1);
    if (afterCustomerId === undefined) return [];
    const { type, data } = command;
    const requests = customerIds.map((customerId) => request(command, { customerId, ...news }, data.cause));
    const from = { ...data, afterCustomerId } as never;
    const next = createMessage<string, never>(ports, notificationMessages[type], from, command);
    return [...requests, next as Emitted[number]];
  }

  return {
    async CustomerRegistered(event: Event<'CustomerRegistered'>): Promise<Emitted> {
      const { customerId } = event.data;
      return [request(event, { type: 'welcome', customerId, about: customerId, variables: {} })];
    },

    async OrderStatusChanged(event: Event<'OrderStatusChanged'>): Promise<Emitted> {
      const { orderId, customerId, status, reason } = event.data;
      const type = orderStatusNotification[status];
      const to = { customerId, about: orderId };
      if (type === 'order-confirmed') {
        const variables = { orderId, ...(await contentsOf({ orders, products }, orderId)) };
        return [request(event, { type, ...to, variables })];
      }
      if (type === 'order-cancelled')
        return [request(event, { type, ...to, variables: { orderId, reason } })];
      return [request(event, { type, ...to, variables: { orderId } })];
    },

    async LineItemStatusChanged(event: Event<'LineItemStatusChanged'>): Promise<Emitted> {
      const { orderId, customerId } = event.data;
      // A row a line item that only climbs and stays: late and repeated events change nothing.
      await shipmentProgress.advance(orderId, [event.data], ports.clock.now());
      if (!(await shipmentProgress.isComplete(orderId))) return [];
      const order = await orders.find(orderId);
      const trackingNumbers = new Set(order?.lineItems.flatMap((item) => item.trackingNumber ?? []));
      const variables = { orderId, trackingNumbers: [...trackingNumbers] };
      return [request(event, { type: 'order-complete', customerId, about: orderId, variables })];
    },

    async PaymentFailed(event: Event<'PaymentFailed'>): Promise<Emitted> {
      const { paymentId, orderId, customerId, amount, reason } = event.data;
      const variables = { orderId, amount, reason };
      return [request(event, { type: 'payment-failed', customerId, about: paymentId, variables })];
    },

    async PaymentReceived(event: Event<'PaymentReceived'>): Promise<Emitted> {
      const { paymentId, orderId, customerId, amount } = event.data;
      const { items } = await contentsOf({ orders, products }, orderId);
      const variables = { orderId, paymentId, amount, items };
      return [request(event, { type: 'payment-received', customerId, about: paymentId, variables })];
    },

    async PriceChanged(event: Event<'PriceChanged'>): Promise<Emitted> {
      const { productId, previousPrice, price } = event.data;
      if (!isPriceDrop(previousPrice, price)) return [];
      const from = { productId, previousPrice, price, cause: causeOf(event), afterCustomerId: '' };
      return [createMessage(ports, notificationMessages.FindPriceDropCandidates, from, event)];
    },

    async FindPriceDropCandidates(command: Event<'FindPriceDropCandidates'>): Promise<Emitted> {
      const { productId, previousPrice, price, cause, afterCustomerId } = command.data;
      const page = { afterCustomerId, limit: candidatesPerPage, atEvent: cause.id };
      const customerIds = await carts.customersWith(productId, page);
      const productName = (await products.find(productId))?.name ?? productId;
      const variables = { productName, previousPrice, price };
      return tellPage(command, customerIds, { type: 'price-drop', about: cause.id, variables });
    },

    async PromotionActivated(event: Event<'PromotionActivated'>): Promise<Emitted> {
      const from = { ...event.data, cause: causeOf(event), afterCustomerId: '' };
      return [createMessage(ports, notificationMessages.FindPromotionCandidates, from, event)];
    },

    async FindPromotionCandidates(command: Event<'FindPromotionCandidates'>): Promise<Emitted> {
      const { promotionId, name, code, discountPercent, segments, cause, afterCustomerId } = command.data;
      const page = { afterCustomerId, limit: candidatesPerPage, atEvent: cause.id };
      const customerIds = await customers.inSegments(segments, page);
      const variables = { name, code, discountPercent };
      return tellPage(command, customerIds, { type: 'promotion-available', about: promotionId, variables });
    },
  };
}

/** What a notification keeps of its cause. */
const causeOf = ({ id, subject, time, correlationId }: Message) => ({ id, subject, time, correlationId });
