import type { Message } from '../events/index.ts';
import type { EventLog } from './datastore.ts';
import { execute, prepared, slot } from './query.ts';
import type { Schema } from './schema.ts';
import type { Db } from './sqlite.ts';
import { appendEventsSql } from './sqlite-sets.ts';

const findEvent = prepared((db) => db.selectFrom('event_log').selectAll().where('id', '=', slot));

const eventsAbout = prepared((db) =>
  db.selectFrom('event_log').selectAll().where('subject', '=', slot).orderBy('position'),
);

export function eventLog(db: Db): EventLog {
  return {
    async append(messages) {
      if (messages.length > 0) await execute(db, appendEventsSql, JSON.stringify(messages.map(toRow)));
    },

    async find(id) {
      const [row] = await findEvent(db, id);
      return row && toMessage(row);
    },

    async about(subject) {
      return (await eventsAbout(db, subject)).map(toMessage);
    },
  };
}

const toRow = (message: Message): unknown[] => [
  message.id,
  message.type,
  message.source,
  message.subject,
  message.time,
  message.correlationId,
  message.causationId,
  message.schemaVersion,
  message.data,
];

const toMessage = (row: Schema['event_log']): Message => ({
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
