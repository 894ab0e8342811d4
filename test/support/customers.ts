import type { Customer } from '../../src/datastore/index.ts';

/** Someone whom every channel reaches and nothing stands in the way of, but for what a story says. */
export function aCustomer(differences: Partial<Customer> = {}): Customer {
  return {
    id: 'kim',
    name: 'Kim Lund',
    email: 'kim@example.com',
    phone: '+15550100',
    addresses: {},
    segment: 'gold',
    locale: 'en-GB',
    timeZone: 'Europe/London',
    preferences: {
      order_updates: { sms: true, chat: true },
      payment_alerts: { sms: true, chat: true },
      price_alerts: { sms: true, chat: true },
    },
    quietHours: null,
    ...differences,
  };
}

/** Ten at night to seven in the morning. */
export const atNight = { start: '22:00', end: '07:00' };
