import type { Ledger, LedgerEntry, LedgerKey, LedgerLine } from './datastore.ts';
import {
  type DeliveryRow,
  type NotificationRow,
  toDelivery,
  toNotification,
  toNotificationRow,
  toVerdict,
  toVerdictRow,
} from './ledger-rows.ts';
import { execute, prepared, select, slot } from './query.ts';
import type { DeliveryRecord } from './records.ts';
import type { Schema } from './schema.ts';
import type { Db } from './sqlite.ts';
import {
  insertDeliveriesSql,
  insertNotificationsSql,
  insertVerdictsSql,
  selectDeliveriesSql,
  selectVerdictsSql,
  updateDeliveriesSql,
} from './sqlite-sets.ts';

const dueLines = prepared((db) =>
  linesOf(db)
    .where('delivery.due_at', '<=', slot)
    .orderBy('delivery.due_at')
    .orderBy('notification.seq')
    .limit(slot),
);

const interruptedLines = prepared((db) =>
  linesOf(db)
    .where('delivery.status', '=', 'pending')
    .where('delivery.due_at', 'is', null)
    .orderBy('notification.seq')
    .limit(slot),
);

const nextDue = prepared((db) =>
  db.selectFrom('delivery').select('due_at').where('due_at', 'is not', null).orderBy('due_at').limit(1),
);

const countByStatus = prepared((db) =>
  db
    .selectFrom('delivery')
    .select((eb) => ['status', eb.fn.countAll<number>().as('count')])
    .groupBy('status'),
);

const pageOfNotifications = prepared((db) =>
  db.selectFrom('notification').selectAll().where('seq', '>', slot).orderBy('seq').limit(slot),
);

const columnOf = { id: 'id', causeId: 'cause_id', subject: 'subject', customerId: 'customer_id' } as const;

const notificationsBy = (column: (typeof columnOf)[LedgerKey]) =>
  prepared((db) => db.selectFrom('notification').selectAll().where(column, '=', slot).orderBy('seq'));

const findBy = {
  id: notificationsBy('id'),
  cause_id: notificationsBy('cause_id'),
  subject: notificationsBy('subject'),
  customer_id: notificationsBy('customer_id'),
};

/** `inTransaction` runs its work as one, joining a transaction that is open already. */
export function ledger(db: Db, inTransaction: <T>(work: (db: Db) => Promise<T>) => Promise<T>): Ledger {
  return {
    open: (entries) => inTransaction((tx) => open(tx, entries)),

    async record(deliveries, verdicts) {
      await inTransaction(async (tx) => {
        await update(tx, deliveries);
        if (verdicts.length > 0) await execute(tx, insertVerdictsSql, json(verdicts.map(toVerdictRow)));
      });
    },

    due: async (nowMs, limit) => (await dueLines(db, nowMs, limit)).map(toLine),

    interrupted: async (limit) => (await interruptedLines(db, limit)).map(toLine),

    async nextDueMs() {
      const [row] = await nextDue(db);
      return row?.due_at ?? undefined;
    },

    async counts() {
      const rows = await countByStatus(db);
      const count = (status: string): number => rows.find((row) => row.status === status)?.count ?? 0;
      return {
        requested: rows.reduce((sum, row) => sum + row.count, 0),
        sent: count('sent'),
        skipped: count('skipped'),
        deadLettered: count('dead_lettered'),
        pending: count('pending'),
      };
    },

    async *pages(limit) {
      for (let after = 0; ; ) {
        const rows = await pageOfNotifications(db, after, limit);
        const last = rows.at(-1);
        if (last === undefined) return;
        after = last.seq;
        const entries = await withDeliveries(db, rows);
        yield entries.flatMap(({ notification, deliveries }) =>
          deliveries.map((delivery) => ({ notification, delivery })),
        );
      }
    },

    find: async (by, value) => withDeliveries(db, await findBy[columnOf[by]](db, value)),

    async verdicts(notificationIds) {
      const rows = await select<Schema['verdict']>(db, selectVerdictsSql, json(notificationIds));
      return rows.map(toVerdict);
    },
  };
}

async function open(
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
async function update(db: Db, deliveries: readonly DeliveryRecord[]): Promise<void> {
  const alike = groupBy(deliveries, ({ channel, status, reason, dueAtMs, settledAtMs, attempts }) =>
    [channel, status, reason, dueAtMs, settledAtMs, attempts].join('|'),
  );
  for (const group of alike.values()) {
    const [{ channel, status, reason, dueAtMs, settledAtMs, attempts }] = group;
    const rows = json(group.map(({ notificationId, receipt }) => [notificationId, receipt]));
    await execute(db, updateDeliveriesSql, status, reason, dueAtMs, settledAtMs, attempts, rows, channel);
  }
}

async function withDeliveries(db: Db, rows: readonly NotificationRow[]): Promise<LedgerEntry[]> {
  const deliveries = await deliveriesOf(
    db,
    rows.map(({ id }) => id),
  );
  return rows.map((row) => ({ notification: toNotification(row), deliveries: deliveries.get(row.id) ?? [] }));
}

async function deliveriesOf(
  db: Db,
  notificationIds: readonly string[],
): Promise<Map<string, readonly DeliveryRecord[]>> {
  const rows = await select<DeliveryRow>(db, selectDeliveriesSql, json(notificationIds));
  return groupBy(rows.map(toDelivery), ({ notificationId }) => notificationId);
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, [T, ...T[]]> {
  const groups = new Map<string, [T, ...T[]]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}

function linesOf(db: Db) {
  return db
    .selectFrom('delivery')
    .innerJoin('notification', 'notification.id', 'delivery.notification_id')
    .selectAll();
}

const toLine = (row: NotificationRow & DeliveryRow): LedgerLine => ({
  notification: toNotification(row),
  delivery: toDelivery(row),
});

const json = (value: unknown): string => JSON.stringify(value);
