import type { Ledger, LedgerEntry, LedgerKey, LedgerLine } from './datastore.ts';
import { deliveriesOf } from './ledger-deliveries.ts';
import {
  type DeliveryRow,
  type NotificationRow,
  toDelivery,
  toNotification,
  toVerdict,
  toVerdictRow,
} from './ledger-rows.ts';
import { openEntries, updateDeliveries } from './ledger-writes.ts';
import { execute, prepared, select, slot } from './query.ts';
import type { Schema } from './schema.ts';
import type { Db } from './sqlite.ts';
import { insertVerdictsSql, selectVerdictsSql } from './sqlite-sets.ts';

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
    open: (entries) => inTransaction((tx) => openEntries(tx, entries)),

    async record(deliveries, verdicts) {
      await inTransaction(async (tx) => {
        await updateDeliveries(tx, deliveries);
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

async function withDeliveries(db: Db, rows: readonly NotificationRow[]): Promise<LedgerEntry[]> {
  const deliveries = await deliveriesOf(
    db,
    rows.map(({ id }) => id),
  );
  return rows.map((row) => ({ notification: toNotification(row), deliveries: deliveries.get(row.id) ?? [] }));
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
