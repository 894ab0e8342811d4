import { isDeepStrictEqual } from 'node:util';
import type { Ledger, LedgerLine } from '../../../datastore/index.ts';
import type { DeliveryDifference, DeliveryEnd, DifferenceKind } from './difference.ts';

/** How many notifications are read from a ledger at once. */
const pageSize = 1000;

export interface LedgerPair {
  readonly current: Ledger;
  readonly candidate: Ledger;
}

/** One delivery, as each of them has it; at least one does. */
interface Pair {
  readonly current?: LedgerLine;
  readonly candidate?: LedgerLine;
}

/**
 * Every delivery about which two ledgers of the same history do not say the same, customer by customer. Reads a
 * page at a time, and remembers the ids of the customers it has seen, whatever the number of deliveries.
 */
export async function* compareLedgers({
  current,
  candidate,
}: LedgerPair): AsyncGenerator<DeliveryDifference> {
  const seen = new Set<string>();
  for (const ledger of [current, candidate]) {
    for await (const page of ledger.pages(pageSize)) {
      for (const { notification } of page) {
        const { customerId } = notification;
        if (seen.has(customerId)) continue;
        seen.add(customerId);
        const lines = await linesOf(current, customerId);
        for (const pair of pairsOf(lines, await linesOf(candidate, customerId))) {
          const difference = differenceOf(pair);
          if (difference !== undefined) yield difference;
        }
      }
      // The datastore never leaves it to anything else: a signal, a progress bar.
      await new Promise(setImmediate);
    }
  }
}

async function linesOf(ledger: Ledger, customerId: string): Promise<LedgerLine[]> {
  const entries = await ledger.find('customerId', customerId);
  return entries.flatMap(({ notification, deliveries }) =>
    deliveries.map((delivery) => ({ notification, delivery })),
  );
}

/**
 * The ids of notifications can hold those of events, which no two architectures number alike. What stays the same
 * is what was told of what, when; of several such, the first belongs to the first.
 */
function pairsOf(current: readonly LedgerLine[], candidate: readonly LedgerLine[]): Pair[] {
  const unpaired = new Map<string, LedgerLine[]>();
  for (const line of candidate) {
    const alike = unpaired.get(keyOf(line));
    if (alike === undefined) unpaired.set(keyOf(line), [line]);
    else alike.push(line);
  }
  const pairs = current.map((line): Pair => {
    const partner = unpaired.get(keyOf(line))?.shift();
    return partner === undefined ? { current: line } : { current: line, candidate: partner };
  });
  return [...pairs, ...[...unpaired.values()].flat().map((line) => ({ candidate: line }))];
}

const keyOf = ({ notification, delivery }: LedgerLine): string => {
  const { type, subject, occurredAtMs } = notification;
  return JSON.stringify([type, subject, occurredAtMs, delivery.channel]);
};

function differenceOf({ current, candidate }: Pair): DeliveryDifference | undefined {
  const { notification, delivery } = (current ?? candidate) as LedgerLine;
  const ends = {
    ...(current && { current: endOf(current) }),
    ...(candidate && { candidate: endOf(candidate) }),
  };
  const wording = current && candidate ? otherWords(current, candidate) : [];
  const kinds = kindsOf(ends, wording);
  if (kinds.length === 0) return undefined;
  const { type, customerId, subject, occurredAtMs } = notification;
  const { channel } = delivery;
  return {
    kinds,
    notification: type,
    customerId,
    channel,
    subject,
    occurredAtMs,
    ...ends,
    wording,
  };
}

const endOf = ({ delivery: { status, reason, settledAtMs } }: LedgerLine): DeliveryEnd => ({
  status,
  reason,
  settledAtMs,
});

function kindsOf(
  { current, candidate }: { readonly current?: DeliveryEnd; readonly candidate?: DeliveryEnd },
  wording: readonly string[],
): DifferenceKind[] {
  if (candidate === undefined) return ['missing'];
  if (current === undefined) return ['added'];
  return [
    ...(current.status === candidate.status ? [] : (['status'] as const)),
    ...(current.reason === candidate.reason ? [] : (['reason'] as const)),
    ...(current.settledAtMs === candidate.settledAtMs ? [] : (['time'] as const)),
    ...(wording.length === 0 ? [] : (['wording'] as const)),
  ];
}

/**
 * Both write with the same templates in the customer's language: only what these are given can differ. Of what
 * nobody is sent, no words differ.
 */
function otherWords(current: LedgerLine, candidate: LedgerLine): string[] {
  if ([current, candidate].some(({ delivery }) => delivery.status === 'skipped')) return [];
  const [one, other] = [current.notification.variables, candidate.notification.variables];
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...names].filter((name) => !isDeepStrictEqual(one[name], other[name]));
}
