export interface ReceiptWords {
  readonly language: string;
  /** In lower case, without blanks. */
  readonly fileName: string;
  readonly title: string;
  readonly number: string;
  readonly order: string;
  readonly paidOn: string;
  readonly paidBy: string;
  /** Quantity, article, unit price, amount. */
  readonly heads: readonly [string, string, string, string];
  readonly total: string;
  readonly thanks: string;
  pageOf(page: number, pages: number): string;
}

const english: ReceiptWords = {
  language: 'en',
  fileName: 'receipt',
  title: 'Receipt',
  number: 'Receipt number',
  order: 'Order',
  paidOn: 'Paid on',
  paidBy: 'Paid by',
  heads: ['Quantity', 'Article', 'Price', 'Amount'],
  total: 'Total paid',
  thanks: 'Thank you for your purchase.',
  pageOf: (page, pages) => `Page ${page} of ${pages}`,
};

const byLanguage: Readonly<Record<string, ReceiptWords>> = {
  en: english,
  de: {
    language: 'de',
    fileName: 'zahlungsbeleg',
    title: 'Zahlungsbeleg',
    number: 'Belegnummer',
    order: 'Bestellung',
    paidOn: 'Bezahlt am',
    paidBy: 'Bezahlt von',
    heads: ['Menge', 'Artikel', 'Preis', 'Betrag'],
    total: 'Bezahlter Betrag',
    thanks: 'Vielen Dank für Ihren Einkauf.',
    pageOf: (page, pages) => `Seite ${page} von ${pages}`,
  },
};

/** English where we have no words. */
export const receiptWords = (language: string): ReceiptWords =>
  (Object.hasOwn(byLanguage, language) ? byLanguage[language] : undefined) ?? english;
