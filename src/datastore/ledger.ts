import type { Db } from './db.ts';
import { requireLease } from './leases.ts';
import type { Ledger, LedgerEntry, LedgerKey } from './ledger-contract.ts';
import { deadLetters } from './ledger-dead-letters.ts';
import { deliveriesOf } from './ledger-deliveries.ts';
import { receiptLedger } from './ledger-receipts.ts';
import {
  type NotificationRow,
  toFailureRow,
  toLine,
  toNotification,
  toVerdict,
  toVerdictRow,
} from './ledger-rows.ts';
import { openEntries, updateDeliveries } from './ledger-writes.ts';
import { type Builder, execute, executeAhead, prepared, select, slot } from './query.ts';
import type { Schema } from './schema.ts';
import {
  insertVerdictsSql,
  outcomesUnknownSql,
  resumeLostSql,
  resumeOrphanedSql,
  selectVerdictsSql,
  takeDeliveriesSql,
  upsertFailuresSql,
} from './sqlite-sets.ts';

const dueLines = prepared((db) =>
  db
    .selectFrom((eb) =>
      eb
        .selectFrom('delivery')
        .selectAll()
        .where('channel', '=', slot)
        .where('due_at', '<=', slot)
        // As the index has them: of a hundred thousand that are due at once, a page costs a page.
        .orderBy('due_at')
        .orderBy('request_seq')
        .limit(slot)
        .as('due'),
    )
    .innerJoin('notification', 'notification.id', 'due.notification_id')
    .selectAll()
    .orderBy('due.due_at')
    .orderBy('notification.seq'),
);

const orphanedLines = prepared((db) =>
  linesOf(db)
    .where('delivery.status', '=', 'pending')
    .where('delivery.due_at', 'is', null)
    .orderBy('notification.seq')
    .limit(slot),
);

const nextDue = prepared((db) =>
  db
    .selectFrom('delivery')
    .select('due_at')
    .where('channel', '=', slot)
    .where('due_at', 'is not', null)
    .orderBy('due_at')
    .limit(1),
);

/** From one channel to the next, however many wait on each: workers ask at every word that they hear. */
const channelsWaitingSql = `
  with recursive waiting (channel) as (
    select min(channel) from delivery where due_at is not null
    union all
    select (select min(channel) from delivery where due_at is not null and channel > waiting.channel)
    from waiting where waiting.channel is not null)
  select channel, (select min(due_at) from delivery where channel = waiting.channel and due_at is not null) as "dueAtMs"
  from waiting where channel is not null`;

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
    open: (entries, token) =>
      inTransaction(async (tx) => {
        await requireLease(tx, token);
        return openEntries(tx, entries);
      }),

    async record(deliveries, verdicts, failures = [], token = undefined) {
      await inTransaction(async (tx) => {
        await requireLease(tx, token);
        await updateDeliveries(tx, deliveries);
        if (verdicts.length > 0) await executeAhead(tx, insertVerdictsSql, json(verdicts.map(toVerdictRow)));
        if (failures.length > 0) await executeAhead(tx, upsertFailuresSql, json(failures.map(toFailureRow)));
      });
    },

    takeDue: (channel, nowMs, limit, token) =>
      inTransaction(async (tx) => {
        await requireLease(tx, token);
        const rows = await dueLines(tx, channel, nowMs, limit);
        const ids = rows.map((row) => row.notification_id);
        if (ids.length > 0) await executeAhead(tx, takeDeliveriesSql, channel, json(ids));
        return rows.map((row) => toLine({ ...row, due_at: null }));
      }),

    async nextDueMs(channel) {
      const [row] = await nextDue(db, channel);
      return row?.due_at ?? undefined;
    },

    waitingChannels: () => select(db, channelsWaitingSql),

    orphaned: async (limit) => (await orphanedLines(db, limit)).map(toLine),

    resumeOrphaned: (nowMs, token) =>
      inTransaction(async (tx) => {
        await requireLease(tx, token);
        await executeAhead(tx, outcomesUnknownSql, nowMs, nowMs);
        return execute(tx, resumeOrphanedSql, nowMs);
      }),

    resumeLost: (channel, notificationIds, nowMs, token) =>
      inTransaction(async (tx) => {
        await requireLease(tx, token);
        return execute(tx, resumeLostSql, nowMs, channel, json(notificationIds));
      }),

    ...deadLetters(db, inTransaction),

    ...receiptLedger(db, inTransaction),

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

function linesOf(db: Builder) {
  return db
    .selectFrom('delivery')
    .innerJoin('notification', 'notification.id', 'delivery.notification_id')
    .selectAll();
}

const json = (value: unknown): string => JSON.stringify(value);
