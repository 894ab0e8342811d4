import type { Money } from '../events/index.ts';
import { remembered } from './remembered.ts';

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

type MoneyFormat = (amount: `${number}`) => string;

/** By locale and currency. */
const formatOf = remembered((key) => {
  const end = key.lastIndexOf(' ');
  return createFormat(key.slice(0, end), key.slice(end + 1));
});

/** As people write it where `locale` is at home: `$34.99`, `34,99 €`. An unusable locale counts as English. */
export const formatMoney = (money: Money, locale: string): string =>
  formatOf(`${locale} ${money.currency}`)(decimalOf(money));

/** For those who run the shop: `34.99 EUR`, to the last minor unit, whatever the currency. */
export const plainMoney = (money: Money): string => `${decimalOf(money)} ${money.currency}`;

/** As a decimal: a number would be some minor units off where there are many. Minus zero is zero. */
function decimalOf({ amount, currency }: Money): `${number}` {
  const digits = minorDigitsOf(currency);
  const units = String(Math.abs(amount)).padStart(digits + 1, '0');
  const whole = units.slice(0, units.length - digits);
  const text = digits === 0 ? whole : `${whole}.${units.slice(-digits)}`;
  return (amount < 0 ? `-${text}` : text) as `${number}`;
}

const minorDigitsOf = (currency: string): number =>
  (Object.hasOwn(minorDigits, currency) ? minorDigits[currency] : undefined) ?? 2;

function createFormat(locale: string, currency: string): MoneyFormat {
  const digits = minorDigitsOf(currency);
  const options = {
    style: 'currency',
    currency,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  } as const;
  return new Intl.NumberFormat(usableLocale(locale), options).format;
}

/** A locale that Intl takes: English in the place of one that it does not. */
export function usableLocale(locale: string): string {
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
