import { z } from 'zod';
import { currencySchema, idSchema, isNoMinusZero } from '../events/index.ts';

/** Control characters, line separators and halves of characters have no place in a line of text. */
const unprintable = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}]/u;
const isOneLine = (text: string): boolean => !unprintable.test(text) && text.trim() !== '';
const mustBeOneLine = 'must be one line of text, neither blank nor with control characters';

export const id = idSchema.refine(isOneLine, mustBeOneLine).describe('an id: one line of text');

/** A line of text that people read. */
export const line = z.string().max(200).refine(isOneLine, mustBeOneLine).describe('one line of text');

export const money = z.object({
  amount: z
    .int('must be a whole number of minor units, 3499 for 34.99')
    .nonnegative('must not be negative')
    .refine(isNoMinusZero, 'must not be negative')
    .describe('a whole number of minor units, 3499 for 34.99'),
  currency: currencySchema.describe('ISO 4217, such as USD'),
});

export const quantity = z
  .int('must be a whole number, 1 or more')
  .positive('must be a whole number, 1 or more')
  .describe('a whole number, 1 or more');

/** No spaces, and none of the characters with which a mail header could be made to name someone else. */
const mailAtom = '[^\\s@.,:;<>()\\[\\]\\\\"\\p{Cc}\\p{Cf}\\p{Cs}]+';
const mailPattern = new RegExp(`^${mailAtom}(?:\\.${mailAtom})*@${mailAtom}(?:\\.${mailAtom})+$`, 'u');

export const email = z
  .string()
  .max(254)
  .regex(mailPattern, 'must be an e-mail address, such as kim@example.com')
  .describe('an e-mail address, such as kim@example.com');

export const phone = z
  .string()
  .regex(/^\+[1-9]\d{6,14}$/, 'must be a phone number in E.164 form, such as +15551234567')
  .describe('a phone number in E.164 form, such as +15551234567');

/** `HH:mm`, local. */
export const timeOfDay = z
  .string()
  .regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'must be a time of day, such as 22:00')
  .describe('a local time of day, such as 22:00');

/** The name of a channel or a category. */
export const word = z.string().regex(/^[A-Za-z][\w-]{0,63}$/, 'must be one word, such as order_updates');

/**
 * Asking the runtime costs a hundred times a look-up. Only what it knows is remembered, by lower case,
 * so that no input can make the memory grow.
 */
const knownTimeZones = new Set<string>();

export const timeZone = z
  .string()
  .refine(isTimeZone, 'must be a time zone of the IANA database, such as Europe/London')
  .describe('a time zone of the IANA database, such as Europe/London');

function isTimeZone(name: string): boolean {
  const key = name.toLowerCase();
  if (knownTimeZones.has(key)) return true;
  // Newer runtimes take "+02:00" as well, which no daylight-saving change would ever reach.
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
  } catch {
    return false;
  }
  knownTimeZones.add(key);
  return true;
}

/** In its canonical spelling: `en-gb` becomes `en-GB`. */
export const locale = z
  .string()
  .max(35)
  .transform((tag, context) => {
    try {
      const [canonical] = Intl.getCanonicalLocales(tag);
      if (canonical !== undefined) return canonical;
    } catch {
      // Said below, in our own words.
    }
    context.addIssue('must be a BCP 47 locale, such as en-GB');
    return z.NEVER;
  })
  .describe('a BCP 47 locale, such as en-GB');
