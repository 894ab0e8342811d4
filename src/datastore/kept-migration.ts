/** A step of the schema's history, which is never edited once released. */
export const keptMigration = `
  -- What a subscriber of the durable bus keeps under a key; it changes with the acknowledgement of a message.
  create table subscriber_state (
    subscriber text not null,
    key text not null,
    version integer not null,
    value text not null,
    primary key (subscriber, key)
  ) without rowid;

  -- Messages that go into the log at a time of their own, unless they are cancelled or replaced before.
  create table message_timer (
    subscriber text not null,
    key text not null,
    due_at integer not null,
    message_id text not null,
    message text not null,
    primary key (subscriber, key)
  ) without rowid;
  create index message_timer_by_due on message_timer (due_at);`;
