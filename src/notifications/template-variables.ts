import { formatMoney, isMoney } from './money.ts';
import { inOneLine, inPlainText } from './plain-text.ts';
import { reasonInWords } from './reason-words.ts';
import { shop, shopVariables } from './shop.ts';

export interface RawVariables {
  type: string;
  family: string;
  locale: string;
  /** Of the template that was found, which may not be the locale's. */
  language: string;
  customerName: string;
  variables: object;
}

/**
 * What a template is given: amounts, reasons and links as text, so that most templates only need to put
 * it in. Made by name and shape, so that a new notification needs no code here:
 * money is written as in the template's language, `reason` becomes words, `orderId` adds `orderUrl` and
 * `paymentUrl`; null counts as missing, except for `reason`.
 */
export function templateVariables(raw: RawVariables): Record<string, unknown> {
  const given = raw.variables as Readonly<Record<string, unknown>>;
  // Grown by assignment: in V8, spreading objects into a literal here costs 100 times as much.
  const made: Record<string, unknown> = {};
  for (const name of Object.keys(given)) {
    const value = given[name];
    if (name === 'reason') made.reason = reasonInWords(raw.type, value, raw.language);
    else if (isMoney(value)) made[name] = moneyText(formatMoney(value, formatLocale(raw)), raw.family);
    else if (value !== null) made[name] = readable(value);
  }
  made.customerName = inOneLine(raw.customerName);
  made.shopName = shopVariables.shopName;
  made.shopUrl = shopVariables.shopUrl;
  made.cartUrl = shopVariables.cartUrl;
  made.preferencesUrl = shopVariables.preferencesUrl;
  if (typeof given.orderId === 'string') {
    made.orderUrl = `${shop.url}/orders/${encodeURIComponent(given.orderId)}`;
    made.paymentUrl = `${made.orderUrl}/pay`;
  }
  return made;
}

/** Texts in it, and in lists and parts of it, without what is obeyed rather than read. */
function readable(value: unknown): unknown {
  if (typeof value === 'string') return inPlainText(value);
  if (Array.isArray(value)) return value.map(readable);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, readable(part)]));
}

/**
 * Digits and separators belong to the text around them: the customer's region counts where the template speaks their
 * language, and extensions of the locale, such as another script's digits, never do.
 */
export function formatLocale({ locale, language }: Pick<RawVariables, 'locale' | 'language'>): string {
  const tag = locale.replace(/-[a-z0-9]-.*$/i, '');
  return tag.toLowerCase().split('-', 1)[0] === language ? tag : language;
}

/** A single no-break space would turn a whole SMS into UCS-2, with less than half the room. */
const moneyText = (text: string, family: string): string =>
  family === 'sms' ? text.replaceAll(/[\u00a0\u202f]/g, ' ') : text;
