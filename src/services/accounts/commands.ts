import { z } from 'zod';
import { segments } from '../../events/index.ts';
import { email, id, line, locale, phone, timeOfDay, timeZone, word } from '../values.ts';

const address = z
  .string()
  .min(1)
  .max(2048)
  .regex(/^\P{Cc}+$/u, 'must have no control characters')
  .describe('the address on that channel');

const leavesOutFields = (map: object): boolean => !Object.hasOwn(map, 'email') && !Object.hasOwn(map, 'sms');
const mustLeaveOutFields = 'must leave out email and sms, which are the fields email and phone';

const addresses = z.record(word, address).refine(leavesOutFields, mustLeaveOutFields);

const changedAddresses = z
  .record(word, address.nullable().describe('the address on that channel; `null` for none any more'))
  .refine(leavesOutFields, mustLeaveOutFields);

/** Category → channel → switched on. */
const preferences = z.record(word, z.record(word, z.boolean()));

const quietHours = z.object({ start: timeOfDay, end: timeOfDay });

export const registerCustomerSchema = z.object({
  customerId: id,
  name: line,
  email,
  phone: phone.optional(),
  /** Channel → address, for channels other than email and sms. */
  addresses: addresses.optional(),
  segment: z.enum(segments),
  locale,
  timeZone,
  preferences: preferences.optional(),
  quietHours: quietHours.optional(),
});
export type RegisterCustomer = z.infer<typeof registerCustomerSchema>;

/** What is left out stays; null takes away what there was. */
export const updateContactSchema = z
  .object({
    customerId: id,
    name: line.optional(),
    email: email.optional(),
    phone: phone.nullable().optional().describe('a phone number in E.164 form; `null` for none any more'),
    addresses: changedAddresses.optional(),
    locale: locale.optional(),
    timeZone: timeZone.optional(),
  })
  .refine(
    ({ customerId: _, ...changes }) => Object.values(changes).some((change) => change !== undefined),
    'must name at least one thing that changes: name, email, phone, addresses, locale, timeZone',
  );
export type UpdateContact = z.infer<typeof updateContactSchema>;

/** Category → channel → switched on; what is left out stays as it was. */
export const updatePreferencesSchema = z.object({ customerId: id, preferences });
export type UpdatePreferences = z.infer<typeof updatePreferencesSchema>;

/** Null: none any more. */
export const setQuietHoursSchema = z.object({ customerId: id, quietHours: quietHours.nullable() });
export type SetQuietHours = z.infer<typeof setQuietHoursSchema>;

/** The same as switching one category off, as one click in a mail does it. */
export const unsubscribeSchema = z.object({
  customerId: id,
  category: word.describe('what it is about, such as price_alerts'),
  channel: word.describe('a channel; email, if it is left out').optional(),
});
export type Unsubscribe = z.infer<typeof unsubscribeSchema>;

export const eraseCustomerSchema = z.object({ customerId: id });
export type EraseCustomer = z.infer<typeof eraseCustomerSchema>;

export const accountsCommands = {
  registerCustomer: registerCustomerSchema,
  updateContact: updateContactSchema,
  updatePreferences: updatePreferencesSchema,
  setQuietHours: setQuietHoursSchema,
  unsubscribe: unsubscribeSchema,
  eraseCustomer: eraseCustomerSchema,
};
