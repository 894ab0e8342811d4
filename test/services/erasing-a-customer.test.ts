import { expect, test } from 'vitest';
import {
  facts,
  openedAt,
  openShopWithOrder,
  openStockedShop,
  statusesOf,
  twoHelmetsAndABell,
} from './shop.ts';

test('of a customer who was erased the id is left, and the fact', async () => {
  const shop = await openStockedShop();

  await shop.services.accounts.eraseCustomer({ customerId: 'kim' });

  expect(await shop.datastore.customers.find('kim')).toEqual({
    id: 'kim',
    name: '',
    email: '',
    phone: null,
    addresses: {},
    segment: 'standard',
    locale: 'en',
    timeZone: 'UTC',
    preferences: {},
    quietHours: null,
    erasedAtMs: Date.parse(openedAt),
  });
  expect(facts(shop)).toEqual([{ type: 'CustomerErased', data: { customerId: 'kim' } }]);
});

test('events from before say no more who it was', async () => {
  const shop = await openStockedShop();
  await shop.services.accounts.updateContact({ customerId: 'kim', email: 'kim@example.org' });
  await shop.services.accounts.unsubscribe({ customerId: 'kim', category: 'price_alerts' });

  await shop.services.accounts.eraseCustomer({ customerId: 'kim' });

  const events = await shop.datastore.eventLog.about('kim');
  expect(events.map(({ type, data }) => ({ type, data }))).toMatchObject([
    { type: 'CustomerRegistered', data: { customerId: 'kim', profile: null } },
    { type: 'ContactChanged', data: { customerId: 'kim', changed: ['email'], profile: null } },
    { type: 'PreferencesChanged', data: { customerId: 'kim', profile: null } },
    { type: 'CustomerErased' },
  ]);
});

test('once more is no second event', async () => {
  const shop = await openStockedShop();

  await shop.services.accounts.eraseCustomer({ customerId: 'kim' });
  await shop.services.accounts.eraseCustomer({ customerId: 'kim' });

  expect(facts(shop)).toHaveLength(1);
});

test('nothing can be done for them any more, and the id is taken', async () => {
  const shop = await openStockedShop();
  const { accounts, ordering } = shop.services;
  await accounts.eraseCustomer({ customerId: 'kim' });
  const refused = { code: 'customer_erased', message: 'customer "kim" was erased' };

  await expect(ordering.placeOrder(twoHelmetsAndABell)).rejects.toMatchObject(refused);
  const item = { customerId: 'kim', productId: 'bell', quantity: 1 };
  await expect(ordering.addCartItem(item)).rejects.toMatchObject(refused);
  await expect(accounts.updateContact({ customerId: 'kim', name: 'Kim' })).rejects.toMatchObject(refused);
  await expect(accounts.setQuietHours({ customerId: 'kim', quietHours: null })).rejects.toMatchObject(
    refused,
  );
});

test('an order that is under way goes on', async () => {
  const shop = await openShopWithOrder();
  await shop.services.accounts.eraseCustomer({ customerId: 'kim' });

  await shop.services.ordering.shipOrder({ orderId: 'order-1' });

  expect(await statusesOf(shop)).toMatchObject({ order: 'shipped' });
});
