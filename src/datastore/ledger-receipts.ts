import type { Db } from './db.ts';
import { mailboxOf } from './mailbox.ts';
import { execute, executeAhead, prepared, select } from './query.ts';
import type { JoinedReceipt, ProviderMessage, ReceiptLedger, SentDelivery } from './receipts-contract.ts';
import type { DeliveryReceipt } from './records.ts';
import type { Schema } from './schema.ts';
import {
  eraseLateReceiptsSql,
  forgetEarlyReceiptsSql,
  insertReceiptsSql,
  joinReceiptsSql,
  selectAnyJoinableSql,
  selectJoinableSql,
  selectKnownReceiptsSql,
  selectReceiptsSql,
  selectSentAsSql,
} from './sqlite-receipts.ts';

interface Row extends Omit<Schema['delivery_receipt'], 'notification_id'> {
  readonly notification_id: string;
  readonly customer_id: string;
}

/** As many as are joined at a time where nobody says which. */
const pageSize = 500;

const anyEarly = prepared((db) =>
  db.selectFrom('delivery_receipt').select('channel').where('notification_id', 'is', null).limit(1),
);

/** `inTransaction` runs its work as one, joining a transaction that is open already. */
export function receiptLedger(
  db: Db,
  inTransaction: <T>(work: (db: Db) => Promise<T>) => Promise<T>,
): ReceiptLedger {
  return {
    addReceipts: (receipts) =>
      inTransaction(async (tx) => {
        const keys = receipts.map(keyOf);
        const known = await select<{ place: number }>(tx, selectKnownReceiptsSql, json(keys));
        const before = new Set(known.map(({ place }) => json(keys[place])));
        await executeAhead(tx, insertReceiptsSql, json(receipts.map(toRow)));
        return keys.map((key) => {
          const isNew = !before.has(json(key));
          before.add(json(key));
          return isNew;
        });
      }),

    joinReceipts: (messages) =>
      inTransaction(async (tx) => {
        const rows =
          messages === undefined
            ? await select<Row>(tx, selectAnyJoinableSql, pageSize)
            : await select<Row>(tx, selectJoinableSql, json(messages.map(messageOf)));
        if (rows.length === 0) return [];
        await executeAhead(tx, joinReceiptsSql, json(rows.map(toJoin)));
        await executeAhead(tx, eraseLateReceiptsSql, json(rows.map((row) => row.notification_id)));
        return rows.map(toJoined);
      }),

    hasEarlyReceipts: async () => (await anyEarly(db)).length > 0,

    forgetEarlyReceipts: (beforeMs, limit) => execute(db, forgetEarlyReceiptsSql, beforeMs, limit),

    async sentAs(messages) {
      type Found = { place: number; notification_id: string; channel: string; customer_id: string };
      const rows = await select<Found>(db, selectSentAsSql, json(messages.map(messageOf)));
      const found = new Map(rows.map((row) => [row.place, toSent(row)]));
      return messages.map((_, place) => found.get(place));
    },

    async receipts(notificationIds) {
      return (await select<Row>(db, selectReceiptsSql, json(notificationIds))).map(toJoined);
    },
  };
}

const messageOf = ({ channel, providerMessageId }: ProviderMessage): unknown[] => [
  channel,
  providerMessageId,
];

const keyOf = (receipt: DeliveryReceipt): unknown[] => [
  ...messageOf(receipt),
  receipt.status,
  receipt.recipient === null ? '' : mailboxOf(receipt.recipient),
];

const toRow = (receipt: DeliveryReceipt): unknown[] => [
  ...keyOf(receipt),
  receipt.atMs,
  receipt.takenAtMs,
  receipt.code,
  receipt.meaning,
  receipt.suppress,
  receipt.detail,
];

const toJoin = ({ channel, provider_id, status, recipient, notification_id }: Row): unknown[] => [
  channel,
  provider_id,
  status,
  recipient,
  notification_id,
];

const toSent = (row: Pick<Row, 'notification_id' | 'channel' | 'customer_id'>): SentDelivery => ({
  notificationId: row.notification_id,
  channel: row.channel,
  customerId: row.customer_id,
});

const toJoined = (row: Row): JoinedReceipt => ({
  ...toSent(row),
  receipt: {
    channel: row.channel,
    providerMessageId: row.provider_id,
    status: row.status as DeliveryReceipt['status'],
    recipient: row.recipient || null,
    atMs: row.at,
    takenAtMs: row.taken_at,
    code: row.code,
    meaning: row.meaning,
    suppress: row.suppress as DeliveryReceipt['suppress'],
    detail: row.detail,
  },
});

const json = (value: unknown): string => JSON.stringify(value);
