/** Language → reason code → words that stand after a colon. German begins a sentence there, English does not. */
export const customerWords: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  en: {
    card_declined: 'your bank declined the card',
    card_expired: 'the card has expired',
    insufficient_funds: 'the account did not hold enough money',
    incorrect_cvc: 'the security code was wrong',
    processing_error: 'the payment provider had a technical problem',
    customer_request: 'you asked us to cancel it',
    out_of_stock: 'an item is no longer in stock',
    payment_failed: 'we did not receive the payment',
    undeliverable_address: 'we cannot deliver to the address',
  },
  de: {
    card_declined: 'Ihre Bank hat die Karte abgelehnt',
    card_expired: 'Die Karte ist abgelaufen',
    insufficient_funds: 'Das Konto war nicht gedeckt',
    incorrect_cvc: 'Die Kartenprüfnummer stimmte nicht',
    processing_error: 'Der Zahlungsdienst hatte eine Störung',
    customer_request: 'Sie haben uns darum gebeten',
    out_of_stock: 'Ein Artikel ist nicht mehr lieferbar',
    payment_failed: 'Die Zahlung ist nicht bei uns eingegangen',
    undeliverable_address: 'An die angegebene Adresse können wir nicht liefern',
  },
};

/** Where a message must give a reason, and we do not know the code. */
const unknownByLanguage: Readonly<Record<string, string>> = {
  en: 'the payment provider did not say why',
  de: 'Der Zahlungsdienst hat keinen Grund genannt',
};

/**
 * The words for a reason code. A failed payment always has some; elsewhere an unknown code, or none, has
 * the empty text, and the template leaves its sentence out.
 */
export function reasonInWords(type: string, code: unknown, language: string): string {
  const words = customerWords[language] ?? customerWords.en;
  if (words !== undefined && typeof code === 'string' && Object.hasOwn(words, code)) return words[code] ?? '';
  return type === 'payment-failed' ? (unknownByLanguage[language] ?? unknownByLanguage.en ?? '') : '';
}
