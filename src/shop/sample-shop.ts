import type { Customer, Datastore, LineItem, Order, Product, QuietHours } from '../datastore/index.ts';

/** A shop small enough to remember: every customer is here for one reason, and their initials are in order. */
const everything = {
  order_updates: { email: true, sms: true },
  payment_alerts: { email: true, sms: true },
  price_alerts: { email: true, sms: true },
  promotions: { email: true, sms: true },
};

const night: QuietHours = { start: '22:00', end: '07:00' };

const britain = {
  phone: '+447700900000',
  addresses: {},
  segment: 'standard',
  locale: 'en-GB',
  timeZone: 'Europe/London',
  preferences: everything,
  quietHours: null,
} as const;

const customers: readonly Customer[] = [
  // Gets everything, everywhere.
  {
    ...britain,
    id: 'ada',
    name: 'Ada Byrne',
    email: 'ada@example.com',
    phone: '+447700900001',
    segment: 'gold',
  },
  // Not in a segment that is told of price drops.
  {
    ...britain,
    id: 'ben',
    name: 'Ben Okafor',
    email: 'ben@example.com',
    phone: '+12025550102',
    locale: 'en-US',
    timeZone: 'America/New_York',
  },
  // Reads German, and sleeps at night.
  {
    ...britain,
    id: 'clara',
    name: 'Clara Vogt',
    email: 'clara@example.com',
    phone: '+4915550100003',
    segment: 'platinum',
    locale: 'de-DE',
    timeZone: 'Europe/Berlin',
    quietHours: night,
  },
  // Has no phone.
  { ...britain, id: 'dev', name: 'Dev Patel', email: 'dev@example.com', phone: null },
  // Wants to hear of payments only.
  {
    ...britain,
    id: 'erin',
    name: 'Erin Walsh',
    email: 'erin@example.com',
    phone: '+447700900005',
    preferences: { ...everything, order_updates: { email: false, sms: false } },
  },
  // His mail bounces.
  { ...britain, id: 'finn', name: 'Finn Larsen', email: 'finn@example.com', phone: '+447700900006' },
  // Would be told of price drops and promotions, and has switched both off.
  {
    ...britain,
    id: 'gina',
    name: 'Gina Rossi',
    email: 'gina@example.com',
    phone: '+447700900007',
    segment: 'gold',
    preferences: {
      ...everything,
      price_alerts: { email: false, sms: false },
      promotions: { email: false, sms: false },
    },
  },
  // Would be told of price drops, and has nothing in the cart.
  {
    ...britain,
    id: 'hana',
    name: 'Hana Sato',
    email: 'hana@example.com',
    phone: '+447700900008',
    segment: 'platinum',
  },
  // Has the shop's app on her phone, and a server of her own that wants to know.
  {
    ...britain,
    id: 'jana',
    name: 'Jana Weiss',
    email: 'jana@example.com',
    phone: '+447700900010',
    addresses: { push: 'device-of-jana', webhook: 'https://jana.example/hooks/shop' },
    preferences: {
      ...everything,
      order_updates: { email: true, sms: true, push: true, webhook: true },
    },
  },
  // Will ask to be erased; sleeps at night.
  {
    ...britain,
    id: 'karl',
    name: 'Karl Brandt',
    email: 'karl@example.com',
    phone: '+4915550100011',
    locale: 'de-DE',
    timeZone: 'Europe/Berlin',
    quietHours: night,
  },
];

const usd = (amount: number) => ({ amount, currency: 'USD' });

const helmet: Product = { id: 'helmet', name: 'Summit Helmet', price: usd(7900) };
const gloves: Product = { id: 'gloves', name: 'Trail Gloves', price: usd(2450) };
const bike: Product = { id: 'bike', name: 'Ridge Road Bike', price: usd(149900) };

/** What the sample shop sells, for so much in US cents. */
export const sampleProducts: readonly Product[] = [helmet, gloves, bike];

/** Who has the helmet in the cart. */
const wantTheHelmet = ['ada', 'ben', 'clara', 'gina'];

const orders: readonly Order[] = [
  order('ord-1001', 'ada', helmet, gloves),
  order('ord-1002', 'ben', gloves),
  order('ord-1003', 'clara', bike, helmet, gloves),
  order('ord-1004', 'dev', helmet),
  order('ord-1005', 'erin', gloves),
  order('ord-1006', 'finn', helmet),
  order('ord-1007', 'ada', gloves),
  order('ord-1008', 'clara', gloves),
  order('ord-1009', 'jana', gloves),
  order('ord-1010', 'clara', gloves),
  order('ord-1011', 'karl', helmet),
];

/** Fills an empty datastore with the sample shop, without any event: it has always been so. */
export async function stockSampleShop(datastore: Datastore): Promise<void> {
  await datastore.transaction(async (stores) => {
    for (const customer of customers) await stores.customers.insert(customer);
    for (const product of sampleProducts) await stores.products.insert(product);
    for (const customerId of wantTheHelmet) {
      await stores.carts.add({ customerId, productId: helmet.id, quantity: 1 });
    }
    for (const placed of orders) await stores.orders.insert(placed);
    await stores.suppressions.add({
      address: 'finn@example.com',
      reason: 'bounced',
      sinceMs: Date.parse('2026-02-20T09:00:00Z'),
    });
  });
}

function order(id: string, customerId: string, ...products: readonly Product[]): Order {
  const lineItems = products.map(
    (product, index): LineItem => ({
      id: `${id}-${index + 1}`,
      productId: product.id,
      quantity: 1,
      unitPrice: product.price,
      status: 'pending',
      trackingNumber: null,
    }),
  );
  return { id, customerId, status: 'placed', lineItems };
}
