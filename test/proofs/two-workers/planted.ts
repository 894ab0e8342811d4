import type { Datastore } from '../../../src/datastore/index.ts';
import { intercept } from '../../../src/kernel/index.ts';

type Alter = (datastore: Datastore) => Datastore;

/** The datastore with something wrong with its ledger, in transactions too. */
const withLedger =
  (alter: (ledger: Datastore['ledger']) => Partial<Datastore['ledger']>): Alter =>
  (datastore) =>
    intercept(datastore, {
      instead: {
        ledger: { ...datastore.ledger, ...alter(datastore.ledger) },
        transaction: (work) =>
          datastore.transaction((stores) =>
            work({ ...stores, ledger: { ...stores.ledger, ...alter(stores.ledger) } }),
          ),
      },
    });

const withLeases =
  (alter: (leases: Datastore['leases']) => Partial<Datastore['leases']>): Alter =>
  (datastore) =>
    intercept(datastore, { instead: { leases: { ...datastore.leases, ...alter(datastore.leases) } } });

/** What became of a delivery is written, whoever has the lease. */
export const writesOutcomesUnfenced = withLedger((ledger) => ({
  record: (deliveries, verdicts, failures) => ledger.record(deliveries, verdicts, failures),
}));

/** What is due is taken, whoever has the lease. */
export const takesUnfenced = withLedger((ledger) => ({
  takeDue: (channel, nowMs, limit) => ledger.takeDue(channel, nowMs, limit),
}));

/** What became of messages is written, whoever has the lease. */
export const acknowledgesUnfenced: Alter = (datastore) =>
  intercept(datastore, {
    instead: {
      consumption: {
        ...datastore.consumption,
        commit: ({ token: _, ...batch }) => datastore.consumption.commit(batch),
      },
    },
  });

/** The lease is taken from a worker that has it still. */
export const takesALeaseThatIsHeld = withLeases((leases) => ({
  acquire: ({ untilMs }) => leases.acquire({ nowMs: untilMs, untilMs }),
}));

/** A lease is renewed for ever, whoever has it by now. */
export const neverHearsOfALoss = withLeases((leases) => ({
  renew: async (token, untilMs) => {
    await leases.renew(token, untilMs);
    return true;
  },
}));

/** What another had in hand stays there. */
export const leavesOrphans = withLedger(() => ({ resumeOrphaned: async () => 0 }));
