import { describe, expect, it } from 'vitest';
import {
  addressOf,
  channelsFor,
  isPriceDrop,
  orderStatusNotification,
} from '../../src/notifications/index.ts';
import { aRecipient } from './a-recipient.ts';

describe('the channels that a notification is tried on', () => {
  const running = ['email', 'sms', 'push', 'webhook'];

  it('are email and sms, even without an address', () => {
    const nobody = aRecipient({ email: '', phone: null });
    expect(channelsFor('order-shipped', nobody, running)).toEqual(['email', 'sms']);
  });

  it('are others too where the customer has such an address', () => {
    const connected = aRecipient({ addresses: { webhook: 'https://a.example', push: '' } });
    expect(channelsFor('order-shipped', connected, running)).toEqual(['email', 'sms', 'webhook']);
  });

  it('are email alone for the welcome', () => {
    const connected = aRecipient({ addresses: { push: 'device-1' } });
    expect(channelsFor('welcome', connected, running)).toEqual(['email']);
  });

  it('are never any that is not running', () => {
    expect(channelsFor('order-shipped', aRecipient(), ['sms'])).toEqual(['sms']);
    expect(channelsFor('welcome', aRecipient(), ['sms'])).toEqual([]);
  });
});

describe('the address of a customer', () => {
  it('is found by channel', () => {
    const customer = aRecipient({ addresses: { push: 'device-1' } });
    const found = ['email', 'sms', 'push', 'webhook'].map((channel) => addressOf(customer, channel));
    expect(found).toEqual(['anna@example.com', '+15550100', 'device-1', undefined]);
  });

  it('for email or sms is not taken from the other addresses', () => {
    const customer = aRecipient({ phone: null, addresses: { sms: '+15550199' } });
    expect(addressOf(customer, 'sms')).toBeUndefined();
  });
});

describe('a price change', () => {
  const usd = (amount: number) => ({ amount, currency: 'USD' });

  it.each([
    [3499, 3498, true],
    [3499, 3499, false],
    [3499, 3500, false],
  ])('from %i to %i is a drop: %s', (previous, now, isDrop) => {
    expect(isPriceDrop(usd(previous), usd(now))).toBe(isDrop);
  });

  it('to another currency is no drop, whatever the numbers say', () => {
    expect(isPriceDrop(usd(3499), { amount: 1, currency: 'EUR' })).toBe(false);
  });
});

it('every order status has its notification', () => {
  expect(orderStatusNotification).toEqual({
    placed: 'order-confirmed',
    shipped: 'order-shipped',
    delivered: 'order-delivered',
    cancelled: 'order-cancelled',
  });
});
