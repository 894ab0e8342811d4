import { expect, test } from 'vitest';
import { facts, kim, openShop, openStockedShop } from './shop.ts';

const profileOfKim = {
  name: 'Kim Lund',
  email: 'kim@example.com',
  phone: null,
  addresses: {},
  segment: 'gold',
  locale: 'en-GB',
  timeZone: 'Europe/London',
  preferences: {},
  quietHours: null,
};

test('a customer who moves is announced with what is new, and with all that stands now', async () => {
  const shop = await openStockedShop();

  await shop.services.accounts.updateContact({
    customerId: 'kim',
    email: 'kim@example.org',
    addresses: { push: 'token-1' },
    timeZone: 'Europe/Oslo',
  });

  const profile = {
    ...profileOfKim,
    email: 'kim@example.org',
    addresses: { push: 'token-1' },
    timeZone: 'Europe/Oslo',
  };
  expect(facts(shop)).toEqual([
    {
      type: 'ContactChanged',
      data: { customerId: 'kim', changed: ['email', 'addresses', 'timeZone'], profile },
    },
  ]);
  expect(await shop.datastore.customers.find('kim')).toEqual({ id: 'kim', ...profile });
});

test('null takes an address away, and what is left out stays', async () => {
  const shop = openShop();
  await shop.services.accounts.registerCustomer({
    ...kim,
    phone: '+15551234567',
    addresses: { push: 'token-1', webhook: 'https://kim.example/hook' },
  });

  await shop.services.accounts.updateContact({ customerId: 'kim', phone: null, addresses: { push: null } });

  expect(await shop.datastore.customers.find('kim')).toMatchObject({
    email: 'kim@example.com',
    phone: null,
    addresses: { webhook: 'https://kim.example/hook' },
  });
});

test('preferences that are left out stay as they were', async () => {
  const shop = openShop();
  const preferences = { price_alerts: { email: true, sms: false }, order_updates: { sms: true } };
  await shop.services.accounts.registerCustomer({ ...kim, preferences });
  shop.published.length = 0;

  await shop.services.accounts.updatePreferences({
    customerId: 'kim',
    preferences: { price_alerts: { sms: true } },
  });

  const after = { price_alerts: { email: true, sms: true }, order_updates: { sms: true } };
  expect(facts(shop)).toEqual([
    {
      type: 'PreferencesChanged',
      data: { customerId: 'kim', profile: { ...profileOfKim, preferences: after } },
    },
  ]);
});

test('quiet hours come and go', async () => {
  const shop = await openStockedShop();
  const quietHours = { start: '22:00', end: '07:00' };

  await shop.services.accounts.setQuietHours({ customerId: 'kim', quietHours });
  expect(await shop.datastore.customers.find('kim')).toMatchObject({ quietHours });

  await shop.services.accounts.setQuietHours({ customerId: 'kim', quietHours: null });
  expect(await shop.datastore.customers.find('kim')).toMatchObject({ quietHours: null });
  expect(facts(shop).map(({ type }) => type)).toEqual(['PreferencesChanged', 'PreferencesChanged']);
});

test('to unsubscribe is to switch one category off by mail', async () => {
  const shop = await openStockedShop();

  await shop.services.accounts.unsubscribe({ customerId: 'kim', category: 'price_alerts' });
  await shop.services.accounts.unsubscribe({ customerId: 'kim', category: 'order_updates', channel: 'sms' });

  expect((await shop.datastore.customers.find('kim'))?.preferences).toEqual({
    price_alerts: { email: false },
    order_updates: { sms: false },
  });
});

test('what changes nothing is no event', async () => {
  const shop = await openStockedShop();
  const { accounts } = shop.services;

  await accounts.updateContact({ customerId: 'kim', email: 'kim@example.com', phone: null });
  await accounts.updatePreferences({ customerId: 'kim', preferences: {} });
  await accounts.setQuietHours({ customerId: 'kim', quietHours: null });

  expect(shop.published).toEqual([]);
});

test.each([
  ['updateContact', { customerId: 'nobody', name: 'Nobody' }],
  ['updatePreferences', { customerId: 'nobody', preferences: {} }],
  ['setQuietHours', { customerId: 'nobody', quietHours: null }],
  ['unsubscribe', { customerId: 'nobody', category: 'price_alerts' }],
  ['eraseCustomer', { customerId: 'nobody' }],
] as const)('%s of somebody unknown is refused', async (name, data) => {
  const { services } = openShop();
  const command = services.accounts[name] as (data: unknown) => Promise<void>;

  await expect(command(data)).rejects.toMatchObject({ code: 'unknown_customer' });
});

test.each([
  [{ customerId: 'kim' }, 'data must name at least one thing that changes'],
  [{ customerId: 'kim', email: null }, 'data.email must be a text'],
  [{ customerId: 'kim', phone: '0664' }, 'data.phone must be a phone number'],
  [{ customerId: 'kim', addresses: { email: 'a@b.example' } }, 'data.addresses must leave out email and sms'],
])('a contact that makes no sense is refused: %j', async (data, words) => {
  const shop = await openStockedShop();

  await expect(shop.services.accounts.updateContact(data as never)).rejects.toMatchObject({
    code: 'invalid_command',
    message: expect.stringContaining(words),
  });
  expect(shop.published).toEqual([]);
});
