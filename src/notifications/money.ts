import type { Money } from '../events/index.ts';

/**
 * How many decimals ISO 4217 gives the minor unit, where it is not two. Intl cannot be asked: it knows
 * how people write amounts, and they write Hungarian forints and Iraqi dinars without decimals.
 */
const minorDigits: Readonly<Record<string, number>> = Object.fromEntries([
  ...'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'
    .split(' ')
    .map((code) => [code, 0]),
  ...'BHD IQD JOD KWD LYD OMR TND'.split(' ').map((code) => [code, 3]),
  ...'CLF UYW'.split(' ').map((code) => [code, 4]),
]);

interface MoneyFormat {
  readonly minorUnits: number;
  format(amount: number): string;
}

/** A new Intl.NumberFormat costs 50 times what using one does. */
const formats = new Map<string, MoneyFormat>();
/** Locales come from outside: a bound, in case somebody invents many. */
const maxFormats = 1000;

/** As people write it where `locale` is at home: `$34.99`, `34,99 €`. An unusable locale counts as English. */
export function formatMoney({ amount, currency }: Money, locale: string): string {
  const key = `${locale} ${currency}`;
  let known = formats.get(key);
  if (known === undefined) {
    known = createFormat(locale, currency);
    if (formats.size >= maxFormats) formats.clear();
    formats.set(key, known);
  }
  // Minus zero plus zero is zero; it would be written with a minus.
  return known.format(amount / known.minorUnits + 0);
}

function createFormat(locale: string, currency: string): MoneyFormat {
  const digits = minorDigits[currency] ?? 2;
  const options = {
    style: 'currency',
    currency,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  } as const;
  return { minorUnits: 10 ** digits, format: new Intl.NumberFormat(usable(locale), options).format };
}

function usable(locale: string): string {
  try {
    return Intl.getCanonicalLocales(locale)[0] ?? 'en';
  } catch {
    return 'en';
  }
}

export function isMoney(value: unknown): value is Money {
  if (typeof value !== 'object' || value === null) return false;
  const { amount, currency } = value as Partial<Record<keyof Money, unknown>>;
  return Number.isSafeInteger(amount) && typeof currency === 'string' && /^[A-Z]{3}$/.test(currency);
}
