import type { Money } from '../../events/index.ts';
import { formatMoney, isMoney, usableLocale } from '../money.ts';
import { inOneLine } from '../plain-text.ts';
import { remembered } from '../remembered.ts';
import { shop } from '../shop.ts';
import { offsetMsAt } from '../time-zone.ts';
import { receiptWords } from './words.ts';

/** A receipt, written out: how it looks is for whoever prints it. */
export interface Receipt {
  /** Without what it ends in. */
  readonly fileName: string;
  /** BCP 47, the language that it speaks. */
  readonly language: string;
  readonly title: string;
  readonly shop: readonly string[];
  readonly facts: readonly (readonly [label: string, value: string])[];
  /** Quantity, article, unit price, amount. */
  readonly heads: readonly string[];
  /** One for each line item; none where it is not known what was bought. */
  readonly rows: readonly (readonly string[])[];
  readonly total: readonly [label: string, amount: string];
  readonly thanks: string;
  /** "Page 1 of 2". */
  pageOf(page: number, pages: number): string;
  /** When it was paid: milliseconds since the epoch. */
  readonly atMs: number;
}

export interface ReceiptRequest {
  readonly customerName: string;
  /** Of the template that it goes with. */
  readonly language: string;
  /** In which amounts and dates are written. */
  readonly formats: string;
  /** The notification's. A notification that an earlier version has left in the ledger lacks items and paymentId. */
  readonly variables: object;
  /** When it was paid: milliseconds since the epoch. */
  readonly occurredAtMs: number;
  /** IANA, the customer's: the day on which it was paid. */
  readonly timeZone: string;
}

interface Item {
  readonly name: string;
  readonly quantity: number;
  readonly unitPrice: Money;
}

/** @throws {TypeError} a variable that it would show is missing. */
export function receiptOf(request: ReceiptRequest): Receipt {
  const { customerName, language, formats, occurredAtMs, timeZone } = request;
  const words = receiptWords(language);
  const given = request.variables as Readonly<Record<string, unknown>>;
  const orderId = textIn(given, 'orderId');
  const money = (value: Money): string => formatMoney(value, formats);
  if (!isMoney(given.amount)) throw new TypeError('the receipt lacks "amount"');
  return {
    fileName: fileNameOf(words.fileName, orderId),
    language: words.language,
    title: words.title,
    shop: [shop.name, `${shop.url} · ${shop.sender}`],
    facts: [
      ...(given.paymentId === undefined ? [] : [[words.number, textIn(given, 'paymentId')] as const]),
      [words.order, orderId],
      [words.paidOn, dayOf(occurredAtMs, { formats, timeZone })],
      [words.paidBy, inOneLine(customerName)],
    ],
    heads: words.heads,
    rows: itemsIn(given).map(({ name, quantity, unitPrice }) => [
      String(quantity),
      inOneLine(name),
      money(unitPrice),
      money({ ...unitPrice, amount: unitPrice.amount * quantity }),
    ]),
    total: [words.total, money(given.amount)],
    thanks: words.thanks,
    pageOf: words.pageOf,
    atMs: occurredAtMs,
  };
}

function textIn(given: Readonly<Record<string, unknown>>, name: string): string {
  const value = given[name];
  if (typeof value !== 'string') throw new TypeError(`the receipt lacks "${name}"`);
  return inOneLine(value);
}

function itemsIn({ items = [] }: Readonly<Record<string, unknown>>): readonly Item[] {
  const isItem = (item: unknown): item is Item => {
    const { name, quantity, unitPrice } = Object(item) as Partial<Record<keyof Item, unknown>>;
    return typeof name === 'string' && Number.isSafeInteger(quantity) && isMoney(unitPrice);
  };
  if (!Array.isArray(items) || !items.every(isItem))
    throw new TypeError('the receipt lacks a part of "items"');
  return items;
}

/** Whoever wrote the id: no path, nothing that a system or a shell takes for more than a letter, and no end hidden. */
function fileNameOf(word: string, id: string): string {
  const plain = id.normalize('NFC').replaceAll(/[^\p{L}\p{M}\p{N}_.-]+/gu, '-');
  const cut = [...plain].slice(0, longestId).join('');
  const name = cut.replaceAll(/\.{2,}/g, '.').replace(/^[.-]+|[.-]+$/g, '');
  return name === '' ? word : `${word}-${name}`;
}

/** Systems take 255 bytes, and a letter has up to four. */
const longestId = 50;

const dayFormatOf = remembered(
  (locale) => new Intl.DateTimeFormat(usableLocale(locale), { dateStyle: 'long', timeZone: 'UTC' }),
);

const dayOf = (atMs: number, { formats, timeZone }: { formats: string; timeZone: string }): string =>
  dayFormatOf(formats).format(atMs + offsetMsAt(timeZone, atMs));
