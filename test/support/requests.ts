import {
  createNotification,
  type Notification,
  type NotificationType,
  type NotificationVariables,
} from '../../src/notifications/index.ts';

const usd = (amount: number) => ({ amount, currency: 'USD' });

const items = [{ name: 'Helmet', quantity: 2, unitPrice: usd(3499) }];

const variables: NotificationVariables = {
  welcome: {},
  'order-confirmed': { orderId: 'order-1', items, total: usd(6998) },
  'order-shipped': { orderId: 'order-1' },
  'order-complete': { orderId: 'order-1', trackingNumbers: ['TRACK-1'] },
  'order-delivered': { orderId: 'order-1' },
  'order-cancelled': { orderId: 'order-1', reason: 'customer_request' },
  'payment-failed': { orderId: 'order-1', amount: usd(6998), reason: 'card_declined' },
  'payment-received': { orderId: 'order-1', paymentId: 'pay-1', amount: usd(6998), items },
  'price-drop': { productName: 'Helmet', previousPrice: usd(3499), price: usd(2999) },
  'promotion-available': { name: 'Spring Days', code: 'SPRING-20', discountPercent: 20 },
  'own-text': { subject: 'Your bicycle', message: 'It is repaired.' },
};

export interface Request {
  type?: NotificationType;
  customerId?: string;
  /** What it is about; two requests about the same are one notification. */
  about?: string;
  occurredAtMs?: number;
  /** Instead of the usual ones: to leave one out, for instance. */
  variables?: object;
}

/** "Tell Kim that order-1 has shipped", but for what a story says. */
export function aRequest(request: Request = {}): Notification {
  const { type = 'order-shipped', customerId = 'kim', about = 'order-1', occurredAtMs = noonMs } = request;
  const time = new Date(occurredAtMs).toISOString();
  return createNotification({
    type,
    customerId,
    about,
    cause: { id: `cause-of-${about}`, subject: about, time, correlationId: `story-of-${about}` },
    variables: (request.variables ?? variables[type]) as NotificationVariables[NotificationType],
  });
}

/** A Monday, in winter time. */
export const noonMs = Date.parse('2026-03-02T12:00:00.000Z');
export const secondMs = 1000;
export const minuteMs = 60 * secondMs;
export const hourMs = 60 * minuteMs;
