/** A step of the schema's history; see migrations.ts. */
export const receiptsMigration = `
  -- What providers report behind their yes. No notification: nothing is on record as sent under that id, or not yet.
  create table delivery_receipt (
    channel text not null,
    provider_id text not null,
    status text not null,
    recipient text not null,
    notification_id text,
    at integer,
    taken_at integer not null,
    code text,
    meaning text,
    suppress text,
    detail text,
    primary key (channel, provider_id, status, recipient)
  ) without rowid;
  create index delivery_receipt_by_notification on delivery_receipt (notification_id)
    where notification_id is not null;
  create index delivery_receipt_early on delivery_receipt (taken_at) where notification_id is null;

  create index delivery_by_receipt on delivery (receipt) where receipt is not null;
  `;
