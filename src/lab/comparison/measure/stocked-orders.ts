import type { Customer, Datastore } from '../../../datastore/index.ts';

/** Each of a customer of its own, who hears of it by mail and by SMS. */
export const orderId = (index: number): string => `ord-${index}`;

/** So many orders that are placed, and can be shipped. */
export async function stockOrders(datastore: Datastore, orders: number): Promise<void> {
  const price = { amount: 4900, currency: 'USD' };
  await datastore.transaction(async (stores) => {
    await stores.products.insert({ id: 'helmet', name: 'Summit Helmet', price });
    for (let index = 0; index < orders; index++) {
      await stores.customers.insert(customerOf(index));
      const item = { id: `${orderId(index)}-1`, productId: 'helmet', quantity: 1, unitPrice: price };
      await stores.orders.insert({
        id: orderId(index),
        customerId: customerOf(index).id,
        status: 'placed',
        lineItems: [{ ...item, status: 'pending', trackingNumber: null }],
      });
    }
  });
}

/** Whose order that is. */
const customerOf = (index: number): Customer => ({
  id: `cust-${index}`,
  name: `Customer ${index}`,
  email: `customer${index}@example.com`,
  phone: `+1555${String(index).padStart(7, '0')}`,
  addresses: {},
  segment: 'gold',
  locale: 'en-US',
  timeZone: 'America/New_York',
  preferences: { order_updates: { email: true, sms: true } },
  quietHours: null,
});
