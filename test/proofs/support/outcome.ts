import type { LedgerCounts } from '../../../src/datastore/index.ts';
import { ledgerLines } from '../../support/ledger.ts';
import type { MortalShop } from './mortal-shop.ts';
import type { Ask } from './provider.ts';

/** How a story came out. */
export interface Outcome {
  readonly deaths: number;
  /** The steps of the last process. */
  readonly steps: number;
  /** Of these, those at which a death leaves something else than at the one before. */
  readonly tellingSteps: readonly number[];
  /** Every delivery of the ledger, sorted: `order-shipped kim sms sent sent`. */
  readonly ends: readonly string[];
  readonly counts: LedgerCounts;
  /** What customers have, each delivery once, sorted: the address and the text. */
  readonly letters: readonly string[];
  /** The ids of deliveries that a provider took more than once. */
  readonly doubled: readonly string[];
  /** Those of them of which no process had died between the provider's yes and our record of it. */
  readonly doubledWithoutNeed: readonly string[];
  /** Messages that nobody could handle. */
  readonly deadMessages: number;
}

export async function outcomeOf(shop: MortalShop, deadMessages: number): Promise<Outcome> {
  const { datastore, providers, deaths, crashPoint } = shop;
  const taken = new Map<string, Ask[]>();
  for (const ask of providers.flatMap(({ journal }) => journal.filter(({ isTaken }) => isTaken)))
    taken.set(ask.key, [...(taken.get(ask.key) ?? []), ask]);
  const doubled = [...taken].filter(([, asks]) => asks.length > 1);
  const needed = (key: string): number => deaths.filter(({ unrecorded }) => unrecorded.includes(key)).length;
  return {
    deaths: deaths.length,
    steps: crashPoint.steps,
    tellingSteps: crashPoint.tellingSteps,
    ends: await ledgerLines(datastore),
    counts: await datastore.ledger.counts(),
    letters: [...taken.values()].map(([ask]) => `${ask?.to}: ${ask?.text}`).sort(),
    doubled: doubled.map(([key]) => key),
    doubledWithoutNeed: doubled.flatMap(([key, asks]) => (asks.length > 1 + needed(key) ? key : [])),
    deadMessages,
  };
}

/** What of a story's end is missing when a process died in it. */
export const lost = (whole: Outcome, crashed: Outcome): string[] => without(whole.ends, crashed.ends);

/** What else is not as it would have been, in words. */
export function amiss(whole: Outcome, crashed: Outcome): string[] {
  const { counts, doubledWithoutNeed, deadMessages } = crashed;
  const { requested, sent, skipped, deadLettered, pending } = counts;
  const strayLetters = without(crashed.letters, whole.letters);
  const nothingLost = lost(whole, crashed).length === 0;
  return [
    ...without(crashed.ends, whole.ends).map((end) => `more than there should be: ${end}`),
    ...strayLetters.map((letter) => `under another id: ${letter}`),
    ...(nothingLost ? without(whole.letters, crashed.letters) : []).map((letter) => `unsent: ${letter}`),
    ...doubledWithoutNeed.map((key) => `doubled: ${key}`),
    ...(requested === sent + skipped + deadLettered && pending === 0 ? [] : ['the ledger does not add up']),
    ...(deadMessages === 0 ? [] : [`${deadMessages} dead messages`]),
  ];
}

/** The lines that are left when each of the others has taken away one like it. */
function without(lines: readonly string[], others: readonly string[]): string[] {
  const left = [...others];
  return lines.filter((line) => {
    const index = left.indexOf(line);
    if (index !== -1) left.splice(index, 1);
    return index === -1;
  });
}
