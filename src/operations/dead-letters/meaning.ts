import { type Reason, reasons } from '../../notifications/index.ts';

/** What a reason code says to a person. A ledger may hold the code of a newer program. */
export function meaningOf(code: string | null): string {
  const known: Readonly<Record<string, Reason>> = reasons;
  const isKnown = code !== null && Object.hasOwn(known, code);
  return (isKnown && known[code]?.words) || 'a reason that this program does not know';
}
