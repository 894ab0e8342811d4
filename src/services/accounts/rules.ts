import type { Customer } from '../../datastore/index.ts';
import { EntityExistsError } from '../errors.ts';
import type { Fact } from '../fact.ts';
import type { RegisterCustomer } from './commands.ts';

/**
 * @param existing the customer that has the id already.
 * @throws {EntityExistsError} `customer_exists`.
 */
export function registerCustomer(
  existing: Customer | undefined,
  command: RegisterCustomer,
): { customer: Customer; events: readonly Fact<'CustomerRegistered'>[] } {
  const { customerId, phone, addresses, preferences, quietHours, ...rest } = command;
  if (existing !== undefined) throw new EntityExistsError('customer_exists', customerId);
  const customer: Customer = {
    id: customerId,
    name: rest.name,
    email: rest.email,
    phone: phone ?? null,
    addresses: addresses ?? {},
    segment: rest.segment,
    locale: rest.locale,
    timeZone: rest.timeZone,
    preferences: preferences ?? {},
    quietHours: quietHours ?? null,
  };
  const data = { customerId, profile: profileOf(customer) };
  return { customer, events: [{ type: 'CustomerRegistered', data }] };
}

/** All that an event may say of a customer. */
export function profileOf({ id: _, erasedAtMs: __, ...profile }: Customer) {
  return profile;
}
