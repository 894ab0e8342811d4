import type { Datastore, Ledger } from '../../src/datastore/index.ts';
import { CircuitBreaker } from '../../src/kernel/circuit-breaker.ts';
import { type Random, seededRandom } from '../../src/kernel/index.ts';

/** The datastore with something wrong with its ledger. */
const withLedger =
  (alter: (ledger: Ledger) => Partial<Ledger>) =>
  (datastore: Datastore): Datastore => ({
    ...datastore,
    ledger: { ...datastore.ledger, ...alter(datastore.ledger) },
  });

export const forgetsWhatWasRequested = withLedger((ledger) => ({
  open: async (entries) => (await ledger.open(entries)).map(() => []),
}));

export const dropsWhatIsRedriven = withLedger((ledger) => ({
  redrive: (key, nowMs) => ledger.discard(key, nowMs),
}));

export const forgetsToMakeItDue = withLedger((ledger) => ({
  async redrive(key, nowMs) {
    const line = await ledger.redrive(key, nowMs);
    await ledger.takeDue(key.channel, nowMs, 1);
    return line;
  },
}));

export class NeverHalfOpen extends CircuitBreaker {
  override get permits(): number {
    return this.state === 'closed' ? Number.POSITIVE_INFINITY : 0;
  }
}

const fair = seededRandom(1);
export const beyondTheCap: Random = { ...fair, next: () => fair.next() * 1.5 };
export const beforeNow: Random = { ...fair, next: () => fair.next() - 0.5 };
