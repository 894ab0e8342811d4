import type { Db } from './db.ts';
import type { LedgerEntry } from './ledger-contract.ts';
import { deliveriesOf, groupBy } from './ledger-deliveries.ts';
import { toNotificationRow } from './ledger-rows.ts';
import { execute, executeAhead } from './query.ts';
import type { DeliveryRecord } from './records.ts';
import {
  deferDeliveriesSql,
  insertDeliveriesSql,
  insertNotificationsSql,
  insertWaitingDeliveriesSql,
  updateDeliveriesSql,
} from './sqlite-sets.ts';

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
  const alike = groupBy(
    entries.flatMap(({ deliveries }) => deliveries),
    ({ channel, dueAtMs }) => (dueAtMs === null ? channel : `${channel}\n${dueAtMs}`),
  );
  for (const group of alike.values()) {
    const [{ channel, dueAtMs }] = group;
    const ids = json(group.map(({ notificationId }) => notificationId));
    await executeAhead(
      db,
      dueAtMs === null ? insertDeliveriesSql : insertWaitingDeliveriesSql,
      channel,
      dueAtMs,
      ids,
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

/** Deliveries that stand alike are written together: most of a batch was sent, each at its own moment. */
export async function updateDeliveries(db: Db, deliveries: readonly DeliveryRecord[]): Promise<void> {
  const alike = groupBy(
    deliveries,
    ({ channel, status, reason, dueAtMs, attempts }) =>
      `${channel}|${status}|${reason}|${dueAtMs === null}|${attempts}`,
  );
  for (const group of alike.values()) {
    const [{ channel, status, reason, dueAtMs, attempts }] = group;
    if (dueAtMs === null) {
      const rows = json(group.map((each) => [each.notificationId, each.receipt, each.settledAtMs]));
      await executeAhead(db, updateDeliveriesSql, status, reason, attempts, rows, channel);
    } else {
      // A retry has a moment of its own, since back-off is drawn by lot.
      const rows = json(group.map((delivery) => [delivery.notificationId, delivery.dueAtMs]));
      await executeAhead(db, deferDeliveriesSql, reason, attempts, rows, channel);
    }
  }
}

const json = (value: unknown): string => JSON.stringify(value);
