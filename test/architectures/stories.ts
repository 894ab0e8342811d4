import type { Command } from '../../src/services/index.ts';

/** Commands, or a time to which the clock moves; then what is in the ledger, line by line. */
export interface Story {
  readonly title: string;
  /** Addresses that bounced before it begins. */
  readonly suppressed?: readonly string[];
  readonly steps: readonly (Command | string)[];
  /** `notification customer channel status reason`, when all has settled. */
  readonly expected: readonly string[];
  /** The same when nothing waits any more, if that differs. */
  readonly inTheEnd?: readonly string[];
}

/** When the shop opens, and when the stories begin: at noon, and at half past ten in the evening, in London. */
export const openingMs = Date.parse('2026-03-02T12:00:00.000Z');
export const eveningMs = Date.parse('2026-03-02T22:30:00.000Z');

const usd = (amount: number) => ({ amount, currency: 'USD' });

const allOn = {
  order_updates: { sms: true },
  payment_alerts: { sms: true },
  price_alerts: { sms: true },
  promotions: { sms: true },
};

type Registration = Extract<Command, { command: 'registerCustomer' }>['data'];
/** Undefined leaves out what they usually have. */
type Differences = { [Key in keyof Registration]?: Registration[Key] | undefined };

const register = (customerId: string, differences: Differences = {}): Command => {
  const contact = { name: customerId, email: `${customerId}@example.com`, phone: '+15550100123' };
  const home = { segment: 'gold', locale: 'en-GB', timeZone: 'Europe/London' } as const;
  const data = { customerId, ...contact, ...home, preferences: allOn, ...differences } as Registration;
  return { service: 'accounts', command: 'registerCustomer', data };
};

const place = (orderId: string, customerId: string, lineItems = 1, productId = 'bell'): Command => ({
  service: 'ordering',
  command: 'placeOrder',
  data: {
    orderId,
    customerId,
    lineItems: Array.from({ length: lineItems }, (_, index) => {
      return { lineItemId: `${orderId}-${index + 1}`, productId, quantity: 1 };
    }),
  },
});

const ship = (orderId: string): Command => ({ service: 'ordering', command: 'shipOrder', data: { orderId } });
const shipItem = (orderId: string, item: number): Command => ({
  service: 'ordering',
  command: 'shipLineItem',
  data: { orderId, lineItemId: `${orderId}-${item}` },
});
const deliver = (orderId: string): Command => ({
  service: 'ordering',
  command: 'deliverOrder',
  data: { orderId },
});
const cancel = (orderId: string): Command => ({
  service: 'ordering',
  command: 'cancelOrder',
  data: { orderId, reason: 'customer_request' },
});
const fail = (paymentId: string, orderId: string): Command => ({
  service: 'billing',
  command: 'failPayment',
  data: { paymentId, orderId, reason: 'card_declined' },
});
const receive = (paymentId: string, orderId: string): Command => ({
  service: 'billing',
  command: 'receivePayment',
  data: { paymentId, orderId },
});
const price = (amount: number): Command => ({
  service: 'pricing',
  command: 'updatePrice',
  data: { productId: 'helmet', price: usd(amount) },
});

const promote = (
  promotionId: string,
  segments: ('standard' | 'silver' | 'gold' | 'platinum')[],
): Command => ({
  service: 'promotions',
  command: 'activatePromotion',
  data: { promotionId, name: 'Spring Days', code: 'SPRING-20', discountPercent: 20, segments },
});

const addToCart = (customerId: string): Command => ({
  service: 'ordering',
  command: 'addCartItem',
  data: { customerId, productId: 'helmet', quantity: 1 },
});

const account = <Name extends Extract<Command, { service: 'accounts' }>['command']>(
  name: Name,
  data: Extract<Command, { command: Name }>['data'],
): Command => ({ service: 'accounts', command: name, data }) as Command;

/** Kim hears everything, Lee has never said so, Sam sleeps at night; each has an order, and a helmet in the cart. */
export const openingCommands: readonly Command[] = [
  register('kim'),
  register('lee', { preferences: {}, segment: 'silver' }),
  register('sam', { quietHours: { start: '22:00', end: '07:00' }, segment: 'platinum' }),
  {
    service: 'pricing',
    command: 'addProduct',
    data: { productId: 'helmet', name: 'Helmet', price: usd(3499) },
  },
  { service: 'pricing', command: 'addProduct', data: { productId: 'bell', name: 'Bell', price: usd(650) } },
  ...['kim', 'lee', 'sam'].map(addToCart),
  place('order-k', 'kim', 2),
  place('order-l', 'lee'),
  place('order-s', 'sam'),
];

const both = (notification: string, customer = 'kim'): string[] => [
  `${notification} ${customer} email sent sent`,
  `${notification} ${customer} sms sent sent`,
];

/** Of the helmet, when all have it in the cart: what becomes of Sam's SMS is the story. */
const priceDropTo = (samsText: string): string[] => [
  ...both('price-drop'),
  'price-drop lee email skipped segment_not_eligible',
  'price-drop lee sms skipped segment_not_eligible',
  'price-drop sam email sent sent',
  `price-drop ${samsText}`,
];

export const stories: readonly Story[] = [
  {
    title: 'a new customer is welcomed by email',
    steps: [register('new')],
    expected: ['welcome new email sent sent'],
  },
  { title: 'an order is confirmed', steps: [place('order-2', 'kim')], expected: both('order-confirmed') },
  { title: 'an order ships', steps: [ship('order-k')], expected: both('order-shipped') },
  {
    title: 'an order is delivered',
    steps: [ship('order-k'), deliver('order-k')],
    expected: [...both('order-shipped'), ...both('order-delivered')],
  },
  { title: 'an order is cancelled', steps: [cancel('order-k')], expected: both('order-cancelled') },
  { title: 'a part of an order ships', steps: [shipItem('order-k', 2)], expected: [] },
  {
    title: 'an order ships part by part',
    steps: [shipItem('order-k', 2), shipItem('order-k', 1)],
    expected: both('order-complete'),
  },
  {
    title: 'an order ships part by part, and is delivered',
    steps: [shipItem('order-k', 1), shipItem('order-k', 2), deliver('order-k')],
    expected: [...both('order-complete'), ...both('order-delivered')],
  },
  {
    title: 'an order ships in part, then whole',
    steps: [shipItem('order-k', 1), ship('order-k')],
    expected: both('order-shipped'),
  },
  { title: 'a payment fails', steps: [fail('pay-1', 'order-k')], expected: both('payment-failed') },
  {
    title: 'a payment fails twice, and arrives',
    steps: [fail('pay-1', 'order-k'), fail('pay-2', 'order-k'), receive('pay-3', 'order-k')],
    expected: [...both('payment-failed'), ...both('payment-failed'), ...both('payment-received')],
  },
  {
    title: 'a failed payment wakes a sleeper',
    steps: [fail('pay-1', 'order-s')],
    expected: both('payment-failed', 'sam'),
  },
  {
    title: 'other news lets a sleeper sleep until the morning',
    steps: [ship('order-s')],
    expected: ['order-shipped sam email sent sent', 'order-shipped sam sms pending quiet_hours'],
    inTheEnd: both('order-shipped', 'sam'),
  },
  {
    title: 'news that comes in the morning waits for nobody',
    steps: ['2026-03-03T07:00:00.000Z', ship('order-s')],
    expected: both('order-shipped', 'sam'),
  },
  {
    title: 'a customer who never said so gets no SMS',
    steps: [ship('order-l')],
    expected: ['order-shipped lee email sent sent', 'order-shipped lee sms skipped opted_out'],
  },
  {
    title: 'a customer without a phone gets no SMS',
    steps: [register('ada', { phone: undefined }), place('order-a', 'ada')],
    expected: [
      'welcome ada email sent sent',
      'order-confirmed ada email sent sent',
      'order-confirmed ada sms skipped no_contact',
    ],
  },
  {
    title: 'an address that bounced is left alone',
    suppressed: ['kim@example.com'],
    steps: [ship('order-k')],
    expected: ['order-shipped kim email skipped suppressed', 'order-shipped kim sms sent sent'],
  },
  {
    title: 'a price drops',
    steps: [price(2999)],
    expected: [
      ...both('price-drop', 'kim'),
      'price-drop lee email skipped segment_not_eligible',
      'price-drop lee sms skipped segment_not_eligible',
      'price-drop sam email sent sent',
      'price-drop sam sms pending quiet_hours',
    ],
    inTheEnd: [
      ...both('price-drop', 'kim'),
      'price-drop lee email skipped segment_not_eligible',
      'price-drop lee sms skipped segment_not_eligible',
      ...both('price-drop', 'sam'),
    ],
  },
  {
    title: 'a promotion begins; who is in none of its segments hears nothing, nor who registers later',
    steps: [promote('spring', ['gold', 'platinum']), register('late')],
    expected: [
      ...both('promotion-available'),
      'promotion-available sam email sent sent',
      'promotion-available sam sms pending quiet_hours',
      'welcome late email sent sent',
    ],
    inTheEnd: [
      ...both('promotion-available'),
      ...both('promotion-available', 'sam'),
      'welcome late email sent sent',
    ],
  },
  {
    title: 'two promotions are two messages',
    steps: [promote('spring', ['silver']), promote('autumn', ['silver'])],
    expected: ['spring', 'autumn'].flatMap(() => [
      'promotion-available lee email sent sent',
      'promotion-available lee sms skipped opted_out',
    ]),
  },
  {
    title: 'a price drops; who has bought by then is told, who comes for the lower price is not',
    steps: [register('late'), price(2999), addToCart('late'), place('order-2', 'kim', 1, 'helmet')],
    expected: [
      'welcome late email sent sent',
      ...priceDropTo('sam sms pending quiet_hours'),
      ...both('order-confirmed'),
    ],
    inTheEnd: [
      'welcome late email sent sent',
      ...priceDropTo('sam sms sent sent'),
      ...both('order-confirmed'),
    ],
  },
  {
    title: 'a price drops twice; who comes in between is told of the second drop only',
    steps: [register('late'), price(2999), addToCart('late'), price(2499)],
    expected: [
      'welcome late email sent sent',
      ...priceDropTo('sam sms pending quiet_hours'),
      ...priceDropTo('sam sms pending quiet_hours'),
      ...both('price-drop', 'late'),
    ],
    inTheEnd: [
      'welcome late email sent sent',
      ...priceDropTo('sam sms skipped overtaken'),
      ...priceDropTo('sam sms sent sent'),
      ...both('price-drop', 'late'),
    ],
  },
  { title: 'a price rises', steps: [price(3999)], expected: [] },
  { title: 'a price stays', steps: [price(3499)], expected: [] },
  {
    title: 'by the morning an order is cancelled, and is confirmed to nobody',
    steps: [place('order-2', 'sam'), '2026-03-03T06:00:00Z', cancel('order-2'), '2026-03-03T07:00:00Z'],
    expected: [
      'order-confirmed sam email sent sent',
      'order-confirmed sam sms skipped overtaken',
      ...both('order-cancelled', 'sam'),
    ],
  },
  {
    title: 'by the morning an order is delivered, and its shipping is no news',
    steps: [ship('order-s'), '2026-03-03T06:00:00Z', deliver('order-s'), '2026-03-03T07:00:00Z'],
    expected: [
      'order-shipped sam email sent sent',
      'order-shipped sam sms skipped overtaken',
      ...both('order-delivered', 'sam'),
    ],
  },
  {
    title: 'by the morning an order that shipped part by part is delivered',
    steps: [shipItem('order-s', 1), '2026-03-03T06:00:00Z', deliver('order-s'), '2026-03-03T07:00:00Z'],
    expected: [
      'order-complete sam email sent sent',
      'order-complete sam sms skipped overtaken',
      ...both('order-delivered', 'sam'),
    ],
  },
  {
    title: 'what is due at the moment of a command goes before it',
    steps: [ship('order-s'), '2026-03-03T07:00:00Z', deliver('order-s')],
    expected: [...both('order-shipped', 'sam'), ...both('order-delivered', 'sam')],
  },
  {
    title: 'by the morning a price is up again',
    steps: [price(2999), '2026-03-03T06:00:00Z', price(3499), '2026-03-03T07:00:00Z'],
    expected: [...priceDropTo('sam sms skipped overtaken')],
  },
  {
    title: 'by the morning a price is lower still',
    steps: [price(2999), '2026-03-03T06:00:00Z', price(2499), '2026-03-03T07:00:00Z'],
    expected: [...priceDropTo('sam sms skipped overtaken'), ...priceDropTo('sam sms sent sent')],
  },
  {
    title: 'by the morning a price was up, and is down again',
    steps: [price(2999), '2026-03-03T02:00:00Z', price(3099), price(2999), '2026-03-03T07:00:00Z'],
    expected: [...priceDropTo('sam sms sent sent'), ...priceDropTo('sam sms sent sent')],
  },
  {
    title: 'by the morning the product is bought',
    steps: [
      price(2999),
      '2026-03-03T06:00:00Z',
      place('order-2', 'sam', 1, 'helmet'),
      '2026-03-03T07:00:00Z',
    ],
    expected: [...priceDropTo('sam sms skipped overtaken'), ...both('order-confirmed', 'sam')],
  },
  {
    title: 'by the morning the product is bought, and in the cart again',
    steps: [
      price(2999),
      '2026-03-03T06:00:00Z',
      place('order-2', 'sam', 1, 'helmet'),
      addToCart('sam'),
      '2026-03-03T07:00:00Z',
    ],
    expected: [...priceDropTo('sam sms sent sent'), ...both('order-confirmed', 'sam')],
  },
  {
    title: 'by the morning a phone is gone',
    steps: [
      ship('order-s'),
      '2026-03-03T06:00:00Z',
      account('updateContact', { customerId: 'sam', phone: null }),
      '2026-03-03T07:00:00Z',
    ],
    expected: ['order-shipped sam email sent sent', 'order-shipped sam sms skipped no_contact'],
  },
  {
    title: 'by the morning such messages are switched off',
    steps: [
      ship('order-s'),
      '2026-03-03T06:00:00Z',
      account('updatePreferences', { customerId: 'sam', preferences: { order_updates: { sms: false } } }),
      '2026-03-03T07:00:00Z',
    ],
    expected: ['order-shipped sam email sent sent', 'order-shipped sam sms skipped opted_out'],
  },
  {
    title: 'what waits for the old quiet hours waits for the new ones when they have ended',
    steps: [
      ship('order-s'),
      '2026-03-03T06:00:00Z',
      account('setQuietHours', { customerId: 'sam', quietHours: { start: '22:00', end: '09:00' } }),
      '2026-03-03T07:00:00Z',
    ],
    expected: ['order-shipped sam email sent sent', 'order-shipped sam sms pending quiet_hours'],
    inTheEnd: both('order-shipped', 'sam'),
  },
  {
    title: 'by the morning the customer is erased, and is told nothing any more',
    steps: [
      ship('order-s'),
      '2026-03-03T06:00:00Z',
      account('eraseCustomer', { customerId: 'sam' }),
      deliver('order-s'),
      price(2999),
      '2026-03-03T07:00:00Z',
    ],
    expected: [
      'order-shipped sam email sent sent',
      'order-shipped sam sms skipped erased',
      'order-delivered sam email skipped erased',
      'order-delivered sam sms skipped erased',
      ...both('price-drop', 'kim'),
      'price-drop lee email skipped segment_not_eligible',
      'price-drop lee sms skipped segment_not_eligible',
    ],
  },
  {
    title: 'one who unsubscribes is told of prices by text only',
    steps: [account('unsubscribe', { customerId: 'kim', category: 'price_alerts' }), price(2999)],
    expected: [
      'price-drop kim email skipped opted_out',
      'price-drop kim sms sent sent',
      'price-drop lee email skipped segment_not_eligible',
      'price-drop lee sms skipped segment_not_eligible',
      'price-drop sam email sent sent',
      'price-drop sam sms pending quiet_hours',
    ],
    inTheEnd: [
      'price-drop kim email skipped opted_out',
      'price-drop kim sms sent sent',
      'price-drop lee email skipped segment_not_eligible',
      'price-drop lee sms skipped segment_not_eligible',
      ...both('price-drop', 'sam'),
    ],
  },
  {
    title: 'a flood keeps to a hundred a minute on each channel, and holds up no failed payment',
    steps: [
      ...Array.from({ length: 101 }, (_, index) => place(`order-${index}`, 'kim')),
      fail('pay-1', 'order-k'),
    ],
    expected: [
      ...both('payment-failed'),
      ...Array.from({ length: 100 }, () => both('order-confirmed')).flat(),
      'order-confirmed kim email pending rate_limited',
      'order-confirmed kim sms pending rate_limited',
    ],
    inTheEnd: [
      ...both('payment-failed'),
      ...Array.from({ length: 101 }, () => both('order-confirmed')).flat(),
    ],
  },
];
