import type { Message } from '../events/index.ts';
import type { ConsumptionBatch, ConsumptionStore, MessageTimer } from './consumption-records.ts';
import type { Db } from './db.ts';
import { executeAhead, prepared, select, slot } from './query.ts';
import type { Schema } from './schema.ts';
import {
  deleteFiredSql,
  deleteStatesSql,
  deleteTimersSql,
  upsertStatesSql,
  upsertTimersSql,
} from './sqlite-kept.ts';

const findState = prepared((db) =>
  db
    .selectFrom('subscriber_state')
    .select(['key', 'version', 'value'])
    .where('subscriber', '=', slot)
    .where('key', '=', slot),
);

const statesAfter = prepared((db) =>
  db
    .selectFrom('subscriber_state')
    .select(['key', 'version', 'value'])
    .where('subscriber', '=', slot)
    .where('key', '>', slot)
    .orderBy('key')
    .limit(slot),
);

const findDueTimers = prepared((db) =>
  db
    .selectFrom('message_timer')
    .selectAll()
    .where('due_at', '<=', slot)
    .orderBy('due_at')
    .orderBy('message_id')
    .limit(slot),
);

const findNextTimer = prepared((db) =>
  db
    .selectFrom('message_timer')
    .select(({ fn }) => fn.min('due_at').as('dueAtMs'))
    .where('due_at', '>', slot),
);

type KeptStores = Pick<ConsumptionStore, 'state' | 'states' | 'dueTimers' | 'nextTimerMs'>;

/** The part of the consumption store that keeps what subscribers remember, and what is to happen later. */
export const keptStores = (db: Db): KeptStores => ({
  async state(subscriber, key) {
    return (await findState(db, subscriber, key))[0];
  },

  async states(subscriber, { after, limit }) {
    return statesAfter(db, subscriber, after, limit);
  },

  async dueTimers({ nowMs, limit }) {
    return (await findDueTimers(db, nowMs, limit)).map(toTimer);
  },

  async nextTimerMs(nowMs) {
    return (await findNextTimer(db, nowMs))[0]?.dueAtMs ?? undefined;
  },
});

/** States and timers of a batch, in a transaction of the caller's. */
export async function applyKept(
  tx: Db,
  { states, timers }: Pick<ConsumptionBatch, 'states' | 'timers'>,
): Promise<void> {
  if (states.length > 0) {
    const last = lastOf(states);
    const kept = last.flatMap(({ subscriber, key, version, value }) =>
      value === null ? [] : [[subscriber, key, version, value]],
    );
    const gone = last.flatMap(({ subscriber, key, value }) => (value === null ? [[subscriber, key]] : []));
    await run(tx, upsertStatesSql, kept);
    await run(tx, deleteStatesSql, gone);
  }
  if (timers.length > 0) {
    const last = lastOf(timers);
    const set = last.flatMap(({ subscriber, key, timer }) =>
      timer === null ? [] : [[subscriber, key, timer.dueAtMs, timer.messageId, timer.message]],
    );
    const gone = last.flatMap(({ subscriber, key, timer }) => (timer === null ? [[subscriber, key]] : []));
    await run(tx, upsertTimersSql, set);
    await run(tx, deleteTimersSql, gone);
  }
}

/** Takes the timers away that have fired; gives what is to be appended without those that were not there any more. */
export async function dropFired(
  tx: Db,
  { append, fired }: Pick<ConsumptionBatch, 'append' | 'fired'>,
): Promise<readonly Message[]> {
  const rows = fired.map(({ subscriber, key, messageId }) => [subscriber, key, messageId]);
  const there = await select<{ message_id: string }>(tx, deleteFiredSql, JSON.stringify(rows));
  const left = new Set(fired.map(({ messageId }) => messageId));
  for (const { message_id } of there) left.delete(message_id);
  return left.size === 0 ? append : append.filter(({ id }) => !left.has(id));
}

async function run(tx: Db, sql: string, rows: readonly unknown[]): Promise<void> {
  if (rows.length > 0) await executeAhead(tx, sql, JSON.stringify(rows));
}

/** The last of each key. */
function lastOf<Change extends { readonly subscriber: string; readonly key: string }>(
  changes: readonly Change[],
): readonly Change[] {
  if (changes.length < 2) return changes;
  return [
    ...new Map(changes.map((change) => [JSON.stringify([change.subscriber, change.key]), change])).values(),
  ];
}

const toTimer = (row: Schema['message_timer']): MessageTimer => ({
  subscriber: row.subscriber,
  key: row.key,
  dueAtMs: row.due_at,
  messageId: row.message_id,
  message: row.message,
});
