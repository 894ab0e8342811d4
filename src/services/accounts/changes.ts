import { isDeepStrictEqual } from 'node:util';
import type { Customer } from '../../datastore/index.ts';
import type { Fact } from '../fact.ts';
import type { SetQuietHours, Unsubscribe, UpdateContact, UpdatePreferences } from './commands.ts';
import { profileOf } from './rules.ts';

/** The customer as they are from now on, and what happened: nothing, when nothing is new. */
interface Change<Type extends 'ContactChanged' | 'PreferencesChanged'> {
  readonly customer: Customer;
  readonly events: readonly Fact<Type>[];
}

export function updateContact(
  customer: Customer,
  { customerId, addresses = {}, phone, ...rest }: UpdateContact,
): Change<'ContactChanged'> {
  const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
  const after: Customer = {
    ...customer,
    ...given,
    ...(phone !== undefined && { phone }),
    addresses: withChanges(customer.addresses, addresses),
  };
  const changed = contactFields.filter((field) => !isDeepStrictEqual(customer[field], after[field]));
  if (changed.length === 0) return { customer, events: [] };
  return {
    customer: after,
    events: [{ type: 'ContactChanged', data: { customerId, changed, profile: profileOf(after) } }],
  };
}

const contactFields = ['name', 'email', 'phone', 'addresses', 'locale', 'timeZone'] as const;

function withChanges(
  addresses: Readonly<Record<string, string>>,
  changes: Readonly<Record<string, string | null>>,
): Record<string, string> {
  const after = Object.entries({ ...addresses, ...changes });
  return Object.fromEntries(after.filter((entry): entry is [string, string] => entry[1] !== null));
}

export function updatePreferences(
  customer: Customer,
  { preferences }: Pick<UpdatePreferences, 'preferences'>,
): Change<'PreferencesChanged'> {
  const after = Object.entries(preferences).map(([category, channels]) => {
    const before = Object.hasOwn(customer.preferences, category) ? customer.preferences[category] : {};
    return [category, { ...before, ...channels }];
  });
  return wishing(customer, {
    ...customer,
    preferences: { ...customer.preferences, ...Object.fromEntries(after) },
  });
}

export function setQuietHours(
  customer: Customer,
  { quietHours }: { readonly quietHours: SetQuietHours['quietHours'] },
): Change<'PreferencesChanged'> {
  return wishing(customer, { ...customer, quietHours });
}

export function unsubscribe(
  customer: Customer,
  { category, channel = 'email' }: Pick<Unsubscribe, 'category' | 'channel'>,
): Change<'PreferencesChanged'> {
  return updatePreferences(customer, { preferences: { [category]: { [channel]: false } } });
}

function wishing(before: Customer, after: Customer): Change<'PreferencesChanged'> {
  const profile = profileOf(after);
  if (isDeepStrictEqual(profileOf(before), profile)) return { customer: before, events: [] };
  return {
    customer: after,
    events: [{ type: 'PreferencesChanged', data: { customerId: after.id, profile } }],
  };
}
