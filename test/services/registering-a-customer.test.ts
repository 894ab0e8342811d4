import { expect, test } from 'vitest';
import { facts, kim, openedAt, openShop } from './shop.ts';

test('a customer who registers is remembered and announced', async () => {
  const shop = openShop();

  await shop.services.accounts.registerCustomer({
    ...kim,
    phone: '+15551234567',
    addresses: { push: 'token-1', webhook: 'https://kim.example/hook' },
    preferences: { price_alerts: { email: true, sms: false } },
    quietHours: { start: '22:00', end: '07:00' },
  });

  expect(await shop.datastore.customers.find('kim')).toEqual({
    id: 'kim',
    name: 'Kim Lund',
    email: 'kim@example.com',
    phone: '+15551234567',
    addresses: { push: 'token-1', webhook: 'https://kim.example/hook' },
    segment: 'gold',
    locale: 'en-GB',
    timeZone: 'Europe/London',
    preferences: { price_alerts: { email: true, sms: false } },
    quietHours: { start: '22:00', end: '07:00' },
  });
  const { id: _, ...profile } = (await shop.datastore.customers.find('kim')) ?? { id: '' };
  expect(facts(shop)).toEqual([{ type: 'CustomerRegistered', data: { customerId: 'kim', profile } }]);
});

test('what a customer leaves out is remembered as absent', async () => {
  const shop = openShop();

  await shop.services.accounts.registerCustomer(kim);

  expect(await shop.datastore.customers.find('kim')).toMatchObject({
    phone: null,
    addresses: {},
    preferences: {},
    quietHours: null,
  });
});

test('the announcement is an event of the accounts service about the customer, and begins a story', async () => {
  const { services, datastore, published } = openShop();

  await services.accounts.registerCustomer(kim);

  const [event] = published;
  expect(event).toMatchObject({
    source: '/services/accounts',
    subject: 'kim',
    time: openedAt,
    schemaVersion: 2,
    correlationId: event?.id,
    causationId: event?.id,
  });
  expect(await datastore.eventLog.about('kim')).toEqual(published);
});

test('a locale is remembered in its canonical spelling', async () => {
  const { services, datastore } = openShop();

  await services.accounts.registerCustomer({ ...kim, locale: 'en-gb' });

  expect(await datastore.customers.find('kim')).toMatchObject({ locale: 'en-GB' });
});
