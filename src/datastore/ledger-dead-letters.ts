import type { Db } from './db.ts';
import type { DeadDelivery, DeliveryKey, Ledger, LedgerLine } from './ledger-contract.ts';
import { type DeliveryRow, type NotificationRow, toLine, toVerdictRow } from './ledger-rows.ts';
import { execute, prepared, select, slot } from './query.ts';
import type { Schema } from './schema.ts';
import {
  insertVerdictsSql,
  keepDeathAsVerdictSql,
  selectDeadLetterSql,
  selectDeadLettersSql,
} from './sqlite-sets.ts';

type FailureRow = Schema['delivery_failure'];
type Row = NotificationRow & DeliveryRow & (FailureRow | { [Column in keyof FailureRow]: null });

const revive = prepared((db) =>
  db
    .updateTable('delivery')
    .set((eb) => ({
      status: 'pending',
      reason: 'redriven',
      due_at: slot,
      request_seq: eb
        .selectFrom('notification')
        .select('notification.seq')
        .whereRef('notification.id', '=', 'delivery.notification_id'),
      settled_at: null,
      attempts_before: eb('attempts_before', '+', eb.ref('attempts')),
      attempts: 0,
    }))
    .where('notification_id', '=', slot)
    .where('channel', '=', slot)
    .where('status', '=', 'dead_lettered'),
);

const bury = prepared((db) =>
  db
    .updateTable('delivery')
    .set({ status: 'skipped', reason: 'discarded', settled_at: slot })
    .where('notification_id', '=', slot)
    .where('channel', '=', slot)
    .where('status', '=', 'dead_lettered'),
);

/** The part of the ledger that is about deliveries that were given up. */
export function deadLetters(
  db: Db,
  inTransaction: <T>(work: (db: Db) => Promise<T>) => Promise<T>,
): Pick<Ledger, 'deadLetters' | 'deadLetter' | 'redrive' | 'discard'> {
  /** In one transaction with the verdict, so that of two who ask for it at once, one is refused. */
  function change(
    { notificationId, channel }: DeliveryKey,
    work: (tx: Db, line: LedgerLine) => Promise<LedgerLine>,
  ): Promise<LedgerLine | undefined> {
    return inTransaction(async (tx) => {
      const [row] = await select<Row>(tx, selectDeadLetterSql, notificationId, channel);
      if (row === undefined) return undefined;
      await execute(tx, keepDeathAsVerdictSql, notificationId, channel);
      return work(tx, toLine(row));
    });
  }

  return {
    async deadLetters({ limit, after }) {
      const { settledAtMs, notificationId, channel } = after ?? beforeAll;
      const rows = await select<Row>(db, selectDeadLettersSql, settledAtMs, notificationId, channel, limit);
      return rows.map(toDeadDelivery);
    },

    async deadLetter({ notificationId, channel }) {
      const [row] = await select<Row>(db, selectDeadLetterSql, notificationId, channel);
      return row && toDeadDelivery(row);
    },

    redrive: (key, nowMs) =>
      change(key, async (tx, { notification, delivery }) => {
        const { notificationId, channel } = key;
        const verdict = { notificationId, channel, atMs: nowMs, reason: 'redriven', untilMs: null };
        await execute(tx, insertVerdictsSql, JSON.stringify([toVerdictRow(verdict)]));
        await revive(tx, nowMs, notificationId, channel);
        return {
          notification,
          delivery: {
            ...delivery,
            status: 'pending',
            reason: 'redriven',
            dueAtMs: nowMs,
            settledAtMs: null,
            attempts: 0,
          },
        };
      }),

    discard: (key, nowMs) =>
      change(key, async (tx, { notification, delivery }) => {
        await bury(tx, nowMs, key.notificationId, key.channel);
        return {
          notification,
          delivery: { ...delivery, status: 'skipped', reason: 'discarded', settledAtMs: nowMs },
        };
      }),
  };
}

/** No delivery stands before it. */
const beforeAll = { settledAtMs: Number.MIN_SAFE_INTEGER, notificationId: '', channel: '' };

function toDeadDelivery(row: Row): DeadDelivery {
  const { delivery, notification } = toLine(row);
  const { notificationId, channel } = delivery;
  const failure =
    row.error_code === null
      ? null
      : {
          notificationId,
          channel,
          errorCode: row.error_code,
          errorMessage: row.error_message,
          firstFailedAtMs: row.first_failed_at,
          lastFailedAtMs: row.last_failed_at,
        };
  return { notification, delivery, failure };
}
