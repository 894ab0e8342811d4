import type { Message } from '../events/index.ts';
import type { EventLog } from './datastore.ts';
import type { Db } from './db.ts';
import { prepared, select, slot } from './query.ts';
import type { Schema } from './schema.ts';
import { selectFollowedSql, selectPositionsSql } from './sqlite-sets.ts';

const findEvent = prepared((db) => db.selectFrom('event_log').selectAll().where('id', '=', slot));

const eventsAbout = prepared((db) =>
  db.selectFrom('event_log').selectAll().where('subject', '=', slot).orderBy('position'),
);

const newestPosition = prepared((db) =>
  db.selectFrom('event_log').select(({ fn }) => fn.max('position').as('position')),
);

export function eventLog(db: Db): EventLog {
  return {
    async append(messages) {
      await insertMessages(db, messages);
    },

    async find(id) {
      const [row] = await findEvent(db, id);
      return row && toMessage(row);
    },

    async about(subject) {
      return (await eventsAbout(db, subject)).map(toMessage);
    },

    async areFollowedBy(type, ids) {
      const rows = await select<{ place: number }>(db, selectFollowedSql, JSON.stringify(ids), type);
      const places = new Set(rows.map(({ place }) => place));
      return ids.map((_, place) => places.has(place));
    },
  };
}

/** Where the newest message stands; 0 when there is none. */
export async function headOf(db: Db): Promise<number> {
  const [row] = await newestPosition(db);
  return row?.position ?? 0;
}

/** Id → position. */
type Positions = ReadonlyMap<string, number>;

/**
 * Where those of them stand that the log holds: as a rule all, or none. Services log their events themselves and publish them
 * afterwards, so where the first is there, most are.
 */
export async function positionsOfLogged(db: Db, messages: readonly Message[]): Promise<Positions> {
  const [first] = messages;
  if (first === undefined) return new Map();
  if (messages.length > 1 && (await findEvent(db, first.id)).length === 0) return new Map();
  return positionsOf(db, messages);
}

/**
 * Appends those that the log does not hold yet, in a transaction of the caller's; says where each stands.
 * @param logged What was found of them before it began. Left out: it is looked for.
 */
export async function appendMessages(
  db: Db,
  messages: readonly Message[],
  logged?: Positions,
): Promise<readonly number[]> {
  const before = logged ?? (await positionsOfLogged(db, messages));
  const missing = before.size === 0 ? messages : messages.filter(({ id }) => !before.has(id));
  const added = await insertMessages(db, missing);
  if (added.length === messages.length) return added;
  // Some were there, or twice among these.
  const positions = added.length === missing.length ? before : await positionsOf(db, messages);
  let next = 0;
  return messages.map(({ id }) => positions.get(id) ?? (added[next++] as number));
}

async function positionsOf(db: Db, messages: readonly Message[]): Promise<Positions> {
  const ids = JSON.stringify(messages.map(({ id }) => id));
  const rows = await select<{ id: string; position: number }>(db, selectPositionsSql, ids);
  return new Map(rows.map(({ id, position }) => [id, position]));
}

/**
 * Rows of one statement; the largest that fits first, so that up to 32 are one, and more a few, each of which a server is asked in turn. Binding
 * values costs less than a field of a JSON array.
 */
const rowsAtOnce = [256, 128, 64, ...Array.from({ length: 32 }, (_, index) => 32 - index)].map((size) => ({
  size,
  sql: `
    insert into event_log (id, type, source, subject, time, correlation_id, causation_id, schema_version, data)
    values ${Array(size).fill('(?, ?, ?, ?, ?, ?, ?, ?, ?)').join(', ')} on conflict do nothing returning position`,
}));

/** Whether so many are one statement, which is kept or not by itself: the table sees to it that positions are in the order of commits. */
export const isOneStatement = (count: number): boolean => rowsAtOnce.some(({ size }) => size === count);

/** Says where those stand that were new, in their order. */
async function insertMessages(db: Db, messages: readonly Message[]): Promise<readonly number[]> {
  const added: number[] = [];
  let next = 0;
  for (const { size, sql } of rowsAtOnce) {
    for (; messages.length - next >= size; next += size) {
      const rows = messages.slice(next, next + size).flatMap(toRow);
      const places = await select<{ position: number }>(db, sql, ...rows);
      // They are given in the order of the rows; SQLite answers in any.
      for (const position of places.map((place) => place.position).sort(ascending)) added.push(position);
    }
  }
  return added;
}

const ascending = (one: number, other: number): number => one - other;

const toRow = (message: Message) => [
  message.id,
  message.type,
  message.source,
  message.subject,
  message.time,
  message.correlationId,
  message.causationId,
  message.schemaVersion,
  JSON.stringify(message.data),
];

export const toMessage = (row: Schema['event_log']): Message => ({
  id: row.id,
  type: row.type,
  source: row.source,
  subject: row.subject,
  time: row.time,
  correlationId: row.correlation_id,
  causationId: row.causation_id,
  schemaVersion: row.schema_version,
  data: JSON.parse(row.data),
});
