import type { NotificationType, NotificationVariables } from '../../src/notifications/index.ts';

const usd = (amount: number) => ({ amount, currency: 'USD' });

/** Every notification with all its variables. */
export const samples: { readonly [Type in NotificationType]: NotificationVariables[Type] } = {
  welcome: {},
  'order-confirmed': {
    orderId: 'SO43659',
    items: [
      { name: 'Sport-100 Helmet, Red', quantity: 2, unitPrice: usd(3499) },
      { name: 'Cap <L>', quantity: 1, unitPrice: usd(864) },
    ],
    total: usd(7862),
  },
  'order-shipped': { orderId: 'SO43659' },
  'order-complete': { orderId: 'SO43659', trackingNumbers: ['1Z999', '1Z998'] },
  'order-delivered': { orderId: 'SO43659' },
  'order-cancelled': { orderId: 'SO43659', reason: 'customer_request' },
  'payment-failed': { orderId: 'SO43659', amount: usd(345699), reason: 'insufficient_funds' },
  'payment-received': {
    orderId: 'SO43659',
    paymentId: 'PAY-1',
    amount: usd(345699),
    items: [{ name: 'Road-150 Red, 62', quantity: 1, unitPrice: usd(345699) }],
  },
  'price-drop': { productName: 'Sport-100 Helmet, Red', previousPrice: usd(3499), price: usd(2999) },
  'promotion-available': { name: 'Spring Days', code: 'SPRING-20', discountPercent: 20 },
  'own-text': { subject: 'Your bicycle', message: 'It is repaired & ready.' },
};

export const types = Object.keys(samples) as NotificationType[];
const locales = ['en-US', 'de-DE'];
const familiesOf = (type: NotificationType): string[] =>
  type === 'welcome' ? ['email'] : ['email', 'sms', 'push'];

/** Every shipped template, once in each language. */
export const shippedTemplates = types.flatMap((type) =>
  familiesOf(type).flatMap((family) => locales.map((locale) => ({ type, family, locale }))),
);
