import type { Customer } from '../datastore/index.ts';
import { CustomerErasedError, UnknownEntityError } from './errors.ts';

/**
 * The customer, who is there.
 * @throws {UnknownEntityError} `unknown_customer`.
 * @throws {CustomerErasedError} nothing is left of them but the id.
 */
export function present(customer: Customer | undefined, customerId: string): Customer {
  if (customer === undefined) throw new UnknownEntityError('unknown_customer', customerId);
  if (customer.erasedAtMs !== undefined) throw new CustomerErasedError(customerId);
  return customer;
}
