import { z } from 'zod';
import { segments } from '../../events/index.ts';
import { email, id, line, locale, phone, timeOfDay, timeZone, word } from '../values.ts';

const addresses = z
  .record(
    word,
    z
      .string()
      .min(1)
      .max(2048)
      .regex(/^\P{Cc}+$/u, 'must have no control characters')
      .describe('the address on that channel'),
  )
  .refine(
    (map) => !Object.hasOwn(map, 'email') && !Object.hasOwn(map, 'sms'),
    'must leave out email and sms, which are the fields email and phone',
  );

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
  /** Category → channel → switched on. */
  preferences: z.record(word, z.record(word, z.boolean())).optional(),
  quietHours: z.object({ start: timeOfDay, end: timeOfDay }).optional(),
});
export type RegisterCustomer = z.infer<typeof registerCustomerSchema>;

export const accountsCommands = { registerCustomer: registerCustomerSchema };
