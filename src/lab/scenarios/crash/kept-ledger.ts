import {
  type Datastore,
  type LedgerEntry,
  type LedgerLine,
  nothingConsumed,
  openDatastore,
  type SubscriberProgress,
  type VerdictRecord,
} from '../../../datastore/index.ts';
import { type Message, shopEvents } from '../../../events/index.ts';

/** What the processes have left in the ledger. */
export interface KeptLedger {
  readonly entries: readonly LedgerEntry[];
  readonly verdicts: readonly VerdictRecord[];
  /** What happened in the shop. */
  readonly events: readonly Message[];
}

export async function readLedger(file: string, orderIds: readonly string[]): Promise<KeptLedger> {
  const datastore = openDatastore({ file });
  try {
    const entries: LedgerEntry[] = [];
    for (const orderId of orderIds) entries.push(...(await datastore.ledger.find('subject', orderId)));
    const verdicts = await datastore.ledger.verdicts(entries.map(({ notification }) => notification.id));
    const events: Message[] = [];
    for (const orderId of orderIds) events.push(...(await datastore.eventLog.about(orderId)));
    return { entries, verdicts, events: events.filter(({ type }) => Object.hasOwn(shopEvents, type)) };
  } finally {
    await datastore.close();
  }
}

/**
 * Enters the same in another datastore, so that its counts have it too and `explain` knows it. Whoever reads the log
 * there has the events behind them: they are no news.
 */
export async function enterKept(
  { entries, verdicts, events }: KeptLedger,
  datastore: Datastore,
): Promise<void> {
  await datastore.transaction(async ({ ledger }) => {
    await ledger.open(entries);
    await ledger.record(
      entries.flatMap(({ deliveries }) => deliveries),
      verdicts,
    );
  });
  await enterHandled(events, datastore);
}

async function enterHandled(
  events: readonly Message[],
  { consumption, statistics }: Datastore,
): Promise<void> {
  const first = (await consumption.head()) + 1;
  const ahead = events.map((_, index) => first + index);
  const progress: SubscriberProgress[] = [];
  for (const { subscriber } of await statistics.backlog()) {
    const position = (await consumption.checkpoint(subscriber))?.position ?? 0;
    progress.push({ subscriber, position, ahead, passesAhead: false });
  }
  await consumption.commit({
    ...nothingConsumed,
    append: events,
    progress,
  });
}

export const linesOf = ({ entries }: KeptLedger): LedgerLine[] =>
  entries.flatMap(({ notification, deliveries }) =>
    deliveries.map((delivery) => ({ notification, delivery })),
  );
