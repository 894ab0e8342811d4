import {
  createMessage,
  type Message,
  type MessageOf,
  type ShopEvents,
  shopEvents,
} from '../../src/events/index.ts';
import { createIds, seededRandom, VirtualClock } from '../../src/kernel/index.ts';

export const eventsBeginAtMs = Date.parse('2026-03-02T10:00:00Z');

export const usd = (amount: number) => ({ amount, currency: 'USD' });

/** Data that fits, of every event. */
export const fittingData: ShopEvents = {
  CustomerRegistered: { customerId: 'kim', profile: null },
  ProductAdded: { productId: 'helmet', name: 'Summit Helmet', price: usd(3499) },
  CartItemAdded: { customerId: 'kim', productId: 'helmet', quantity: 1 },
  CartItemRemoved: { customerId: 'kim', productId: 'helmet', quantity: 1, orderId: 'order-1' },
  OrderStatusChanged: {
    orderId: 'order-1',
    customerId: 'kim',
    previousStatus: null,
    status: 'placed',
    reason: null,
    lineItems: null,
  },
  LineItemStatusChanged: {
    orderId: 'order-1',
    customerId: 'kim',
    lineItemId: 'order-1-1',
    productId: 'helmet',
    quantity: 2,
    previousStatus: 'pending',
    status: 'shipped',
  },
  PriceChanged: { productId: 'helmet', previousPrice: usd(3499), price: usd(2999) },
  PaymentFailed: {
    paymentId: 'pay-1',
    orderId: 'order-1',
    customerId: 'kim',
    amount: usd(6998),
    reason: 'card_declined',
  },
  PaymentReceived: { paymentId: 'pay-1', orderId: 'order-1', customerId: 'kim', amount: usd(6998) },
  PromotionActivated: {
    promotionId: 'spring',
    name: 'Spring Days',
    code: 'SPRING-20',
    discountPercent: 20,
    segments: ['gold', 'platinum'],
  },
  ContactChanged: { customerId: 'kim', changed: ['email'], profile: null },
  PreferencesChanged: { customerId: 'kim', profile: null },
  CustomerErased: { customerId: 'kim' },
  DeadLetterAdded: {
    deadLetterId: 'order-shipped:order-1:kim:sms',
    kind: 'delivery',
    what: 'order-shipped',
    where: 'sms',
    reason: 'rejected',
    attempts: 1,
  },
};

/** Makes messages with ids of their own, in virtual time. */
export function eventMaker(clock = new VirtualClock(eventsBeginAtMs)) {
  const ports = { clock, ids: createIds(clock, seededRandom(1)) };
  const { CustomerRegistered, PriceChanged, OrderStatusChanged } = shopEvents;
  return {
    registered: (customerId: string) =>
      createMessage(ports, CustomerRegistered, { customerId, profile: null }),
    priceChanged: (productId: string) =>
      createMessage(ports, PriceChanged, { ...fittingData.PriceChanged, productId }),
    orderPlaced: (orderId: string) =>
      createMessage(ports, OrderStatusChanged, { ...fittingData.OrderStatusChanged, orderId }),
  };
}

export type EventMaker = ReturnType<typeof eventMaker>;

/** A message that its type denies, as it may come from an older or broken program. */
export const disguised = (message: Partial<Record<keyof Message, unknown>>): MessageOf<ShopEvents> =>
  message as unknown as MessageOf<ShopEvents>;
