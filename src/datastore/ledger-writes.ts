import type { LedgerEntry } from './datastore.ts';
import { deliveriesOf, groupBy } from './ledger-deliveries.ts';
import { toNotificationRow } from './ledger-rows.ts';
import { execute } from './query.ts';
import type { DeliveryRecord } from './records.ts';
import type { Db } from './sqlite.ts';
import { insertDeliveriesSql, insertNotificationsSql, updateDeliveriesSql } from './sqlite-sets.ts';

/** See `Ledger.open`; not a transaction of its own. */
export async function openEntries(
  db: Db,
  entries: readonly LedgerEntry[],
): Promise<readonly (readonly DeliveryRecord[])[]> {
  const rows = entries.map(({ notification }) => toNotificationRow(notification));
  const added = await execute(db, insertNotificationsSql, json(rows));
  // Where every notification is new, none of its deliveries can be there.
  const areNew = added === entries.length;
  const present = areNew
    ? new Map()
    : await deliveriesOf(
        db,
        entries.map(({ notification }) => notification.id),
      );
  const byChannel = groupBy(
    entries.flatMap(({ deliveries }) => deliveries),
    ({ channel }) => channel,
  );
  for (const [channel, deliveries] of byChannel) {
    await execute(
      db,
      insertDeliveriesSql,
      channel,
      json(deliveries.map(({ notificationId }) => notificationId)),
    );
  }
  return areNew ? entries.map(() => []) : deliveriesBefore(entries, present);
}

/** For each entry the deliveries that were there, those that an earlier entry adds among them. */
function deliveriesBefore(
  entries: readonly LedgerEntry[],
  present: Map<string, readonly DeliveryRecord[]>,
): (readonly DeliveryRecord[])[] {
  return entries.map(({ notification: { id }, deliveries: asked }) => {
    const before = present.get(id) ?? [];
    const isNew = ({ channel }: DeliveryRecord): boolean =>
      before.every((other) => other.channel !== channel);
    present.set(id, [...before, ...asked.filter(isNew)]);
    return before;
  });
}

/** Deliveries that stand alike are written together: most of a batch was sent, at the same moment. */
export async function updateDeliveries(db: Db, deliveries: readonly DeliveryRecord[]): Promise<void> {
  const alike = groupBy(deliveries, ({ channel, status, reason, dueAtMs, settledAtMs, attempts }) =>
    [channel, status, reason, dueAtMs, settledAtMs, attempts].join('|'),
  );
  for (const group of alike.values()) {
    const [{ channel, status, reason, dueAtMs, settledAtMs, attempts }] = group;
    const rows = json(group.map(({ notificationId, receipt }) => [notificationId, receipt]));
    await execute(db, updateDeliveriesSql, status, reason, dueAtMs, settledAtMs, attempts, rows, channel);
  }
}

const json = (value: unknown): string => JSON.stringify(value);
