import type {
  Checkpoint,
  CommittedBatch,
  ConsumptionBatch,
  ConsumptionStore,
  DueRetry,
  LoggedMessage,
  LogStretch,
  SubscriberProgress,
} from './consumption-records.ts';
import type { Db } from './db.ts';
import { deadMessages, insertDeadMessages } from './dead-messages.ts';
import { appendMessages, headOf, isOneStatement, positionsOfLogged, toMessage } from './event-log.ts';
import { applyKept, dropFired, keptStores } from './kept.ts';
import { requireLease } from './leases.ts';
import { execute, executeAhead, prepared, select, slot } from './query.ts';
import type { Schema } from './schema.ts';
import {
  deleteRetriesSql,
  insertAheadSql,
  selectLogSql,
  selectSubjectSql,
  upsertRetriesSql,
} from './sqlite-sets.ts';

const enterSql = `
  insert into subscription (name, position)
  select ?, coalesce(max(position), 0) from event_log where true on conflict do nothing`;

const findCheckpoint = prepared((db) =>
  db
    .selectFrom('subscription')
    .select((sub) => [
      'position',
      sub
        .selectFrom('handled_ahead')
        .select(({ fn }) => fn.max('handled_ahead.position').as('aheadTo'))
        .whereRef('handled_ahead.subscriber', '=', 'subscription.name')
        .as('aheadTo'),
    ])
    .where('name', '=', slot),
);

const moveCheckpointSql = 'update subscription set position = ? where name = ?';

const forgetAheadSql = 'delete from handled_ahead where subscriber = ? and position <= ?';

const findDueRetries = prepared((db) =>
  db
    .selectFrom('message_retry as retry')
    .innerJoin('event_log', 'event_log.position', 'retry.position')
    .selectAll('event_log')
    .select(['retry.attempts', 'retry.due_at', 'retry.first_failed_at'])
    .where('retry.subscriber', '=', slot)
    .where('retry.due_at', '<=', slot)
    .where(({ eb, refTuple, tuple }) =>
      eb(refTuple('retry.due_at', 'retry.position'), '>', tuple<number, number>(slot, slot)),
    )
    .orderBy('retry.due_at')
    .orderBy('retry.position')
    .limit(slot),
);

const findNextDue = prepared((db) =>
  db
    .selectFrom('message_retry')
    .select(({ fn }) => fn.min('due_at').as('dueAtMs'))
    .where('subscriber', '=', slot)
    .where('due_at', '>', slot),
);

const outstandingSql = `
  select (select coalesce(max(position), 0) from event_log) as head,
    exists (select 1 from message_retry) as retries, exists (select 1 from message_timer) as timers`;

const rewindStatements = ['handled_ahead', 'message_retry', 'dead_message'].map(
  (table) => `delete from ${table} where subscriber = ? and position >= ?`,
);

export function consumption(
  db: Db,
  inTransaction: <T>(work: (db: Db) => Promise<T>) => Promise<T>,
): ConsumptionStore {
  return {
    head: () => headOf(db),

    async outstanding() {
      type Row = { head: number; retries: unknown; timers: unknown };
      const [{ head, retries, timers }] = (await select<Row>(db, outstandingSql)) as [Row];
      return { head, hasRetries: Boolean(retries), hasTimers: Boolean(timers) };
    },

    async enter(subscriber) {
      await execute(db, enterSql, subscriber);
    },

    async checkpoint(subscriber): Promise<Checkpoint | undefined> {
      const [row] = await findCheckpoint(db, subscriber);
      return row && { position: row.position, aheadTo: row.aheadTo ?? 0 };
    },

    async read(stretch) {
      return (await select<LogRow>(db, selectLogSql, ...bind(stretch))).map(toLogged);
    },

    async readSubject(subject, stretch) {
      const parameters = [subject, ...bind(stretch), stretch.limit];
      return (await select<LogRow>(db, selectSubjectSql, ...parameters)).map(toLogged);
    },

    async commit(batch) {
      if (!isPublication(batch)) return inTransaction((tx) => commitBatch(tx, batch));
      const { append: appended } = batch;
      // Services have logged what they publish: then there is nothing to write.
      const logged = await positionsOfLogged(db, appended);
      const places = appended.flatMap(({ id }) => logged.get(id) ?? []);
      if (places.length === appended.length) return { appended, positions: places, dead: [] };
      const append = (tx: Db) => appendMessages(tx, appended, logged);
      const positions = await (isOneStatement(appended.length - logged.size)
        ? append(db)
        : inTransaction(append));
      return { appended, positions, dead: [] };
    },

    async dueRetries(subscriber, { nowMs, after, limit }) {
      const rows = await findDueRetries(db, subscriber, nowMs, after.dueAtMs, after.position, limit);
      return rows.map(
        (row): DueRetry => ({
          ...toLogged(row),
          subscriber,
          attempts: row.attempts,
          dueAtMs: row.due_at,
          firstFailedAtMs: row.first_failed_at,
        }),
      );
    },

    async nextDueMs(subscriber, nowMs) {
      const [row] = await findNextDue(db, subscriber, nowMs);
      return row?.dueAtMs ?? undefined;
    },

    rewind: (subscriber, fromPosition) =>
      inTransaction(async (tx) => {
        await tx.takeTime();
        for (const sql of rewindStatements) await executeAhead(tx, sql, subscriber, fromPosition);
        const rewindSql = 'update subscription set position = ? where name = ? and position > ?';
        await executeAhead(tx, rewindSql, fromPosition - 1, subscriber, fromPosition - 1);
      }),

    ...keptStores(db),
    ...deadMessages(db, inTransaction),
  };
}

/** Nothing but messages for the log, of whoever holds the lease or not. */
const isPublication = ({ token, append, ...rest }: ConsumptionBatch): boolean =>
  token === undefined && append.length > 0 && Object.values(rest).every((part) => part.length === 0);

async function commitBatch(tx: Db, batch: ConsumptionBatch): Promise<CommittedBatch> {
  const { progress, retries, ended, dead, fired } = batch;
  await requireLease(tx, batch.token);
  await applyKept(tx, batch);
  const appended = fired.length === 0 ? batch.append : await dropFired(tx, batch);
  const positions = await appendMessages(tx, appended);
  for (const each of progress) await advance(tx, each);
  if (ended.length > 0) {
    await executeAhead(tx, deleteRetriesSql, json(ended.map((retry) => [retry.subscriber, retry.position])));
  }
  if (retries.length > 0) {
    const rows = retries.map((retry) => [
      retry.subscriber,
      retry.position,
      retry.attempts,
      retry.dueAtMs,
      retry.firstFailedAtMs,
    ]);
    await executeAhead(tx, upsertRetriesSql, json(rows));
  }
  return { appended, positions, dead: await insertDeadMessages(tx, dead) };
}

async function advance(tx: Db, { subscriber, position, ahead, passesAhead }: SubscriberProgress) {
  await executeAhead(tx, moveCheckpointSql, position, subscriber);
  if (ahead.length > 0) await executeAhead(tx, insertAheadSql, subscriber, json(ahead));
  if (passesAhead) await executeAhead(tx, forgetAheadSql, subscriber, position);
}

type LogRow = Schema['event_log'];

const toLogged = (row: LogRow): LoggedMessage => ({ position: row.position, message: toMessage(row) });

function bind({ subscriber, types, after, upTo, skipHandled }: LogStretch) {
  const wanted = types === null ? null : json(types);
  return [after, upTo, wanted, wanted, skipHandled ? 1 : 0, subscriber];
}

const json = (value: unknown): string => JSON.stringify(value);
