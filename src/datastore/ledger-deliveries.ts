import type { Db } from './db.ts';
import { type DeliveryRow, toDelivery } from './ledger-rows.ts';
import { select } from './query.ts';
import type { DeliveryRecord } from './records.ts';
import { selectDeliveriesSql } from './sqlite-sets.ts';

/** The deliveries of each notification; one that has none is left out. */
export async function deliveriesOf(
  db: Db,
  notificationIds: readonly string[],
): Promise<Map<string, readonly DeliveryRecord[]>> {
  const rows = await select<DeliveryRow>(db, selectDeliveriesSql, JSON.stringify(notificationIds));
  return groupBy(rows.map(toDelivery), ({ notificationId }) => notificationId);
}

export function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, [T, ...T[]]> {
  const groups = new Map<string, [T, ...T[]]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}
