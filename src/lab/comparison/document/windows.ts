import { type Document, inWords, unique } from '../../../report/index.ts';
import type { FaultOutcome } from '../comparison.ts';
import { embeddedHandOver, handOverInWords } from '../hand-over.ts';

/** From when to when a kill loses something, by how it is handed over: what crashes at each step in test/proofs show. */
const losing: Readonly<Record<string, string>> = {
  'in-memory': 'from the commit of the change until the ledger holds its notification',
  durable: 'never: the event is committed with the change, and handed over until the ledger holds it',
  'after-commit': 'from the commit of the change until the ledger holds its notification',
  transactional: 'never: the ledger holds the notification with the commit of the change',
};

/** In words when a kill does harm, and how long that moment is. */
export function windowBlocks(outcomes: readonly FaultOutcome[]): Document {
  const sampled = outcomes.filter(({ sampled }) => sampled === 'kill');
  if (sampled.length === 0) return [];
  const items = unique(sampled.map(({ handOver }) => handOver)).map((handOver) => {
    const own = sampled.filter((each) => each.handOver === handOver && each.lost > 0);
    const lengths = own.map(
      (each) => `${each.architecture} about ${inWords(windowMs(each, each.runsThatLost))}`,
    );
    return {
      term: `lost, ${handOverInWords(handOver)}`,
      texts: [losing[embeddedHandOver(handOver)] ?? 'unknown', ...lengths],
    };
  });
  const repeated = sampled.map((each) => windowMs(each, each.runsThatRepeated));
  const span = `${inWords(Math.min(...repeated))} to ${inWords(Math.max(...repeated))}`;
  return [
    { kind: 'heading', level: 3, text: 'When a kill does harm, and for how long' },
    {
      kind: 'list',
      items: [
        ...items,
        {
          term: 'repeated, everywhere',
          texts: ["from the provider's yes until the ledger holds it", `about ${span}`],
        },
        {
          term: 'two workers at once',
          texts: [
            'one has the lease: what it had in hand when it stands still, the other sends again when that has run out, after 30 s',
            'what it had not handed over yet, it brings to its end when it goes on: late, and lost only if it never does',
            'a file belongs to one process: both workers are in it, and a second process that starts on it is refused',
          ],
        },
      ],
    },
  ];
}

/** At a steady load, the share of kills that do harm is how many orders come while harm can be done. */
const windowMs = ({ runs, ordersPerSecond = 1 }: FaultOutcome, runsThatDid: number): number =>
  (runsThatDid / runs / ordersPerSecond) * 1000;
