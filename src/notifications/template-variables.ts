import { formatMoney, isMoney } from './money.ts';
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
 * money is written in the customer's locale, `reason` becomes words, `orderId` adds `orderUrl` and
 * `paymentUrl`; null counts as missing, except for `reason`.
 */
export function templateVariables(raw: RawVariables): Record<string, unknown> {
  const given = raw.variables as Readonly<Record<string, unknown>>;
  // Grown by assignment: in V8, spreading objects into a literal here costs 100 times as much.
  const made: Record<string, unknown> = {};
  for (const name of Object.keys(given)) {
    const value = given[name];
    if (name === 'reason') made.reason = reasonInWords(raw.type, value, raw.language);
    else if (isMoney(value)) made[name] = moneyText(formatMoney(value, raw.locale), raw.family);
    else if (value !== null) made[name] = value;
  }
  made.customerName = raw.customerName;
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

/** A single no-break space would turn a whole SMS into UCS-2, with less than half the room. */
const moneyText = (text: string, family: string): string =>
  family === 'sms' ? text.replaceAll(/[\u00a0\u202f]/g, ' ') : text;
