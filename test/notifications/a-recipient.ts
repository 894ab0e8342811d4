import type { Recipient } from '../../src/datastore/index.ts';

/** A customer whom nothing stands in the way of, but for what a story says. */
export function aRecipient(differences: Partial<Recipient> = {}): Recipient {
  return {
    id: 'cust-1',
    name: 'Anna Keller',
    email: 'anna@example.com',
    phone: '+15550100',
    addresses: {},
    segment: 'gold',
    locale: 'en-GB',
    timeZone: 'Europe/London',
    preferences: {
      order_updates: { sms: true, push: true },
      payment_alerts: { sms: true, push: true },
      price_alerts: { sms: true, push: true },
    },
    quietHours: null,
    suppressedAddresses: [],
    ...differences,
  };
}
