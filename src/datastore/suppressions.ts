import type { SuppressionStore } from './datastore.ts';
import type { Db } from './db.ts';
import { mailboxOf, traceOf } from './mailbox.ts';
import { execute, prepared, slot } from './query.ts';
import type { Suppression } from './records.ts';
import type { Schema } from './schema.ts';

type Row = Schema['suppression'];

const insertSql = `
  insert into suppression (mailbox, address, reason, since, channel, source, detail) values (?, ?, ?, ?, ?, ?, ?)
  on conflict do nothing`;

const deleteSql = 'delete from suppression where mailbox in (?, ?)';

const listAfter = prepared<Row>((db) =>
  db.selectFrom('suppression').selectAll().where('mailbox', '>', slot).orderBy('mailbox').limit(slot),
);

export function suppressionStore(db: Db): SuppressionStore {
  return {
    async add({ address, reason, sinceMs, channel = null, source = null, detail = null }) {
      const row = [mailboxOf(address), address, reason, sinceMs, channel, source, detail] as const;
      return (await execute(db, insertSql, ...row)) > 0;
    },

    async remove(address) {
      const mailbox = mailboxOf(address);
      return (await execute(db, deleteSql, mailbox, traceOf(mailbox))) > 0;
    },

    async list({ after, limit }) {
      const mailbox = after === undefined ? '' : mailboxOf(after);
      return (await listAfter(db, mailbox, limit)).map(toSuppression);
    },
  };
}

function toSuppression({ address, reason, since, channel, source, detail }: Row): Suppression {
  return {
    address,
    reason: reason as Suppression['reason'],
    sinceMs: since,
    ...(channel !== null && { channel }),
    ...(source !== null && { source: source as NonNullable<Suppression['source']> }),
    ...(detail !== null && { detail }),
  };
}
