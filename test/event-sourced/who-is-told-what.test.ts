import { describe, expect, it } from 'vitest';
import { notificationKinds } from '../../src/notifications/index.ts';
import { kim, type OpenShop, openShopWithOrder, usd } from '../support/open-shop.ts';

interface Row {
  notification: keyof typeof notificationKinds;
  category: string;
  priority: string;
  when: (shop: OpenShop) => Promise<unknown>;
  subjectLine: string;
  mailSays: readonly string[];
  /** Undefined when there is no SMS. */
  smsSays?: string;
  /** The segment of Lee, who is told nothing. Default: Kim's. */
  leesSegment?: 'silver';
}

const table: readonly Row[] = [
  {
    notification: 'welcome',
    category: 'account',
    priority: 'normal',
    when: async () => {},
    subjectLine: 'Welcome',
    mailSays: ['Hello Kim Lund'],
  },
  {
    notification: 'order-confirmed',
    category: 'order_updates',
    priority: 'normal',
    when: async () => {},
    subjectLine: 'order-1',
    mailSays: ['Helmet', 'US$69.98'],
    smsSays: 'US$69.98',
  },
  {
    notification: 'order-shipped',
    category: 'order_updates',
    priority: 'normal',
    when: ({ ordering }) => ordering.shipOrder({ orderId: 'order-1' }),
    subjectLine: 'Your order order-1 is on its way',
    mailSays: ['https://shop.example/orders/order-1'],
    smsSays: 'is on its way',
  },
  {
    notification: 'order-complete',
    category: 'order_updates',
    priority: 'normal',
    async when({ ordering }) {
      await ordering.shipLineItem({ orderId: 'order-1', lineItemId: 'order-1-2', trackingNumber: 'TRACK-2' });
      await ordering.shipLineItem({ orderId: 'order-1', lineItemId: 'order-1-1', trackingNumber: 'TRACK-1' });
    },
    subjectLine: 'Everything in your order order-1 has shipped',
    mailSays: ['TRACK-1', 'TRACK-2'],
    smsSays: 'the last parcel of your order order-1',
  },
  {
    notification: 'order-delivered',
    category: 'order_updates',
    priority: 'normal',
    async when({ ordering }) {
      await ordering.shipOrder({ orderId: 'order-1' });
      await ordering.deliverOrder({ orderId: 'order-1' });
    },
    subjectLine: 'order-1',
    mailSays: ['delivered'],
    smsSays: 'has been delivered',
  },
  {
    notification: 'order-cancelled',
    category: 'order_updates',
    priority: 'normal',
    when: ({ ordering }) => ordering.cancelOrder({ orderId: 'order-1', reason: 'out_of_stock' }),
    subjectLine: 'order-1',
    mailSays: ['an item is no longer in stock'],
    smsSays: 'order-1',
  },
  {
    notification: 'payment-failed',
    category: 'payment_alerts',
    priority: 'high',
    when: ({ billing }) =>
      billing.failPayment({ paymentId: 'pay-1', orderId: 'order-1', reason: 'card_declined' }),
    subjectLine: 'order-1',
    mailSays: ['your bank declined the card', 'US$69.98', 'https://shop.example/orders/order-1/pay'],
    smsSays: 'https://shop.example/orders/order-1/pay',
  },
  {
    notification: 'payment-received',
    category: 'payment_alerts',
    priority: 'normal',
    when: ({ billing }) => billing.receivePayment({ paymentId: 'pay-1', orderId: 'order-1' }),
    subjectLine: 'order-1',
    mailSays: ['US$69.98'],
    smsSays: 'US$69.98',
  },
  {
    notification: 'price-drop',
    category: 'price_alerts',
    priority: 'low',
    async when({ ordering, pricing }) {
      await ordering.addCartItem({ customerId: 'kim', productId: 'helmet', quantity: 1 });
      await pricing.updatePrice({ productId: 'helmet', price: usd(2999) });
    },
    subjectLine: 'Helmet',
    mailSays: ['US$34.99', 'US$29.99'],
    smsSays: 'US$29.99',
  },
  {
    notification: 'promotion-available',
    category: 'promotions',
    priority: 'low',
    when: ({ promotions }) =>
      promotions.activatePromotion({
        promotionId: 'spring',
        name: 'Spring Days',
        code: 'SPRING-20',
        discountPercent: 20,
        segments: ['gold', 'platinum'],
      }),
    subjectLine: 'Spring Days',
    mailSays: ['20% off', 'SPRING-20', 'https://shop.example/promotions/SPRING-20'],
    smsSays: 'SPRING-20',
    leesSegment: 'silver',
  },
];

it('the table has a row for every notification that the shop sends by itself', () => {
  const ofTheShop = Object.keys(notificationKinds).filter((type) => type !== 'own-text');
  expect(table.map(({ notification }) => notification).sort()).toEqual(ofTheShop.sort());
});

describe.each(table)('$notification', ({ notification, when, ...row }) => {
  it(`is ${row.category}, of priority ${row.priority}`, () => {
    expect(notificationKinds[notification]).toMatchObject({ category: row.category, priority: row.priority });
  });

  it('reaches its customer, once on each channel, with its words', async () => {
    const shop = await openShopWithOrder();
    await shop.accounts.registerCustomer(kim({ customerId: 'lee', email: 'lee@example.com' }));

    await when(shop);
    await shop.settle();

    const toKim = ({ deliveryId }: { deliveryId: string }) =>
      deliveryId.startsWith(`${notification}:`) && deliveryId.includes(':kim:');
    const [mail, ...moreMails] = shop.emails.all().filter(toKim);
    expect(moreMails).toEqual([]);
    expect(mail).toMatchObject({ to: 'kim@example.com', subject: expect.stringContaining(row.subjectLine) });
    for (const words of row.mailSays) expect(mail?.text).toContain(words);
    const texts = shop.texts.all().filter(toKim);
    expect(texts).toHaveLength(row.smsSays === undefined ? 0 : 1);
    for (const { text } of texts) expect(text).toContain(row.smsSays);
  });

  it('is nobody else’s', async () => {
    const shop = await openShopWithOrder();
    await shop.accounts.registerCustomer(
      kim({ customerId: 'lee', email: 'lee@example.com', segment: row.leesSegment ?? 'gold' }),
    );
    await shop.settle();

    await when(shop);
    await shop.settle();

    const toldToLee = await shop.datastore.ledger.find('customerId', 'lee');
    expect(toldToLee.map(({ notification: { type } }) => type)).toEqual(['welcome']);
  });
});

it('each notification names its cause, and the entity that it is about', async () => {
  const shop = await openShopWithOrder();

  await shop.billing.failPayment({ paymentId: 'pay-1', orderId: 'order-1', reason: 'card_declined' });
  await shop.settle();

  const [event] = (await shop.datastore.eventLog.about('order-1')).slice(-1);
  const [entry] = await shop.datastore.ledger.find('causeId', event?.id ?? '');
  expect(entry?.notification).toMatchObject({
    type: 'payment-failed',
    subject: 'order-1',
    customerId: 'kim',
    correlationId: event?.correlationId,
  });
});

it('two payments of one order that fail are two pieces of news', async () => {
  const shop = await openShopWithOrder();

  for (const paymentId of ['pay-1', 'pay-2']) {
    await shop.billing.failPayment({ paymentId, orderId: 'order-1', reason: 'card_declined' });
  }
  await shop.settle();

  expect(shop.emails.all().filter(({ deliveryId }) => deliveryId.startsWith('payment-failed:'))).toHaveLength(
    2,
  );
});
