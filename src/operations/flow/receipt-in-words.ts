import type { TakenReceipt } from '../../delivery/index.ts';

/** `bounced, 5.1.1 (no such mailbox); the address is suppressed` */
export function receiptInWords({ receipt, result, isSuppressed }: TakenReceipt): string {
  const why = whyInWords(receipt);
  const notes = [
    ...(isSuppressed ? ['the address is suppressed'] : []),
    ...(result === 'repeated' ? ['as reported before'] : []),
    ...(result === 'unknown' ? ['not on record as sent yet'] : []),
  ];
  return [`${receipt.status}${why && `, ${why}`}`, ...notes].join('; ');
}

/** The provider's code, and what it was taken for: `5.1.1 (no such mailbox)`. Empty where there is neither. */
export function whyInWords({ code, meaning }: Pick<TakenReceipt['receipt'], 'code' | 'meaning'>): string {
  if (code === null || meaning === null) return code ?? meaning ?? '';
  const rest = meaning.startsWith(`code ${code}`) ? meaning.slice(`code ${code}: `.length) : meaning;
  return rest === '' ? code : `${code} (${rest})`;
}
