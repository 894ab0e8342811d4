/** A step of the schema's history; see migrations.ts. */
export const idempotencyMigration = `
  -- Requests by the keys of their callers. No status: begun, and not answered as far as is on record.
  create table idempotency_key (
    key text primary key,
    fingerprint text not null,
    begun_at integer not null,
    status integer,
    media_type text,
    body text
  ) without rowid;
  create index idempotency_key_by_age on idempotency_key (begun_at);
  `;
