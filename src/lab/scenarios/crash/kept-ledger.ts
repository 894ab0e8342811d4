import {
  type Datastore,
  type LedgerEntry,
  type LedgerLine,
  openDatastore,
  type VerdictRecord,
} from '../../../datastore/index.ts';

/** What the processes have left in the ledger. */
export interface KeptLedger {
  readonly entries: readonly LedgerEntry[];
  readonly verdicts: readonly VerdictRecord[];
}

export async function readLedger(file: string, orderIds: readonly string[]): Promise<KeptLedger> {
  const datastore = openDatastore({ file });
  try {
    const entries: LedgerEntry[] = [];
    for (const orderId of orderIds) entries.push(...(await datastore.ledger.find('subject', orderId)));
    const verdicts = await datastore.ledger.verdicts(entries.map(({ notification }) => notification.id));
    return { entries, verdicts };
  } finally {
    await datastore.close();
  }
}

/**
 * Enters the same in another ledger, so that its counts have it too. The events are not carried along: there they
 * would be news for every subscriber.
 */
export async function enterLedger({ entries, verdicts }: KeptLedger, datastore: Datastore): Promise<void> {
  await datastore.transaction(async ({ ledger }) => {
    await ledger.open(entries);
    await ledger.record(
      entries.flatMap(({ deliveries }) => deliveries),
      verdicts,
    );
  });
}

export const linesOf = ({ entries }: KeptLedger): LedgerLine[] =>
  entries.flatMap(({ notification, deliveries }) =>
    deliveries.map((delivery) => ({ notification, delivery })),
  );
