import type { Recipient } from '../../src/datastore/index.ts';
import { aCustomer } from '../support/customers.ts';

const smsAndPush = { sms: true, push: true };

/** A customer whom nothing stands in the way of, but for what a story says. */
export function aRecipient(differences: Partial<Recipient> = {}): Recipient {
  const preferences = { order_updates: smsAndPush, payment_alerts: smsAndPush, price_alerts: smsAndPush };
  const anna = aCustomer({ id: 'cust-1', name: 'Anna Keller', email: 'anna@example.com', preferences });
  return { ...anna, suppressedAddresses: [], ...differences };
}
