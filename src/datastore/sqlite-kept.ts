/** Statements over whole sets of states, timers and rows of projections, each of which takes one JSON array. */

/** Rows: subscriber, key, version, value. */
export const upsertStatesSql = `
  insert into subscriber_state (subscriber, key, version, value)
  select value ->> 0, value ->> 1, value ->> 2, value ->> 3 from json_each(?) where true
  on conflict do update set version = excluded.version, value = excluded.value`;

/** Rows: subscriber, key. */
export const deleteStatesSql = `
  delete from subscriber_state
  where (subscriber, key) in (select value ->> 0, value ->> 1 from json_each(?))`;

/** Rows: subscriber, key, dueAt, messageId, message. */
export const upsertTimersSql = `
  insert into message_timer (subscriber, key, due_at, message_id, message)
  select value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4 from json_each(?) where true
  on conflict do update set due_at = excluded.due_at, message_id = excluded.message_id, message = excluded.message`;

/** Rows: subscriber, key. */
export const deleteTimersSql = `
  delete from message_timer
  where (subscriber, key) in (select value ->> 0, value ->> 1 from json_each(?))`;

/** Rows: subscriber, key, messageId. Answers with those that were there. */
export const deleteFiredSql = `
  delete from message_timer
  where (subscriber, key, message_id) in (select value ->> 0, value ->> 1, value ->> 2 from json_each(?))
  returning message_id`;

/** Parameter: build; rows: key, value. */
export const upsertProjectionRowsSql = `
  insert into projection_row (build, key, value) select ?, value ->> 0, value ->> 1 from json_each(?) where true
  on conflict do update set value = excluded.value`;

/** Parameters: build, keys. */
export const deleteProjectionRowsSql = `
  delete from projection_row where build = ? and key in (select value from json_each(?))`;
