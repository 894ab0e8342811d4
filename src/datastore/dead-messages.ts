import type { ConsumptionStore, DeadMessage, KeptDeadMessage } from './consumption-records.ts';
import type { Db } from './db.ts';
import { appendMessages } from './event-log.ts';
import { execute, executeAhead, prepared, select, slot } from './query.ts';
import type { Schema } from './schema.ts';
import { eraseDeadProfilesSql } from './sqlite-erasure.ts';
import { insertDeadMessagesSql } from './sqlite-sets.ts';

const findDead = prepared((db) => db.selectFrom('dead_message').selectAll().where('id', '=', slot));

const latestDead = prepared((db) =>
  db.selectFrom('dead_message').selectAll().orderBy('id', 'desc').limit(slot),
);

const nextDead = prepared((db) =>
  db.selectFrom('dead_message').selectAll().where('id', '>', slot).orderBy('id').limit(slot),
);

const redriveSql = `
  insert into message_retry (subscriber, position, attempts, due_at, first_failed_at)
  select subscriber, position, 0, cast(? as bigint), first_failed_at from dead_message
  where id = ? and subscriber is not null
  on conflict (subscriber, position) do update set attempts = excluded.attempts, due_at = excluded.due_at`;

const discardSql = 'delete from dead_message where id = ?';

type DeadMessages = Pick<
  ConsumptionStore,
  'deadMessages' | 'deadMessagesAfter' | 'deadMessage' | 'redrive' | 'readmit' | 'discard'
>;

/** The part of the consumption store that keeps what nobody could handle. */
export function deadMessages(
  db: Db,
  inTransaction: <T>(work: (db: Db) => Promise<T>) => Promise<T>,
): DeadMessages {
  const discard = async (on: Db, id: number): Promise<boolean> => (await execute(on, discardSql, id)) > 0;
  return {
    async deadMessages(limit) {
      return (await latestDead(db, limit)).map(toDeadMessage).reverse();
    },

    async deadMessagesAfter(id, limit) {
      return (await nextDead(db, id, limit)).map(toDeadMessage);
    },

    async deadMessage(id) {
      const [row] = await findDead(db, id);
      return row && toDeadMessage(row);
    },

    redrive: (id, nowMs) =>
      inTransaction(async (tx) => (await execute(tx, redriveSql, nowMs, id)) > 0 && (await discard(tx, id))),

    readmit: (id, message) =>
      inTransaction(async (tx) => {
        if (!(await discard(tx, id))) return false;
        await appendMessages(tx, [message]);
        return true;
      }),

    discard: (id) => discard(db, id),
  };
}

/** In a transaction of the caller's; gives them back with their ids, in their order. */
export async function insertDeadMessages(
  tx: Db,
  messages: readonly DeadMessage[],
): Promise<readonly KeptDeadMessage[]> {
  if (messages.length === 0) return [];
  const rows = JSON.stringify(messages.map(toRow));
  const inserted = await select<{ id: number }>(tx, insertDeadMessagesSql, rows);
  // They are given in the order of the rows; SQLite answers in any.
  const ids = inserted.map(({ id }) => id).sort((one, other) => one - other);
  await executeAhead(tx, eraseDeadProfilesSql, ids[0] as number);
  return messages.map((message, index) => ({ ...message, id: ids[index] as number }));
}

const toRow = (dead: DeadMessage): unknown[] => [
  dead.subscriber,
  dead.position,
  dead.messageId,
  dead.messageType,
  dead.message,
  dead.errorName,
  dead.errorCode,
  dead.errorMessage,
  dead.attempts,
  dead.firstFailedAtMs,
  dead.lastFailedAtMs,
];

const toDeadMessage = (row: Schema['dead_message']): KeptDeadMessage => ({
  id: row.id,
  subscriber: row.subscriber,
  position: row.position,
  messageId: row.message_id,
  messageType: row.message_type,
  message: row.message,
  errorName: row.error_name,
  errorCode: row.error_code,
  errorMessage: row.error_message,
  attempts: row.attempts,
  firstFailedAtMs: row.first_failed_at,
  lastFailedAtMs: row.last_failed_at,
});
