import type * as sqlite from '../sqlite-kept.ts';
import { given, texts } from './given.ts';
import type { InPostgres } from './in-postgres.ts';

const key = 'subscriber text, key text';

/** What is asked of states, timers and projections, with the parameters that sqlite-kept.ts says. */
export const keptSets: InPostgres<typeof sqlite> = {
  upsertStatesSql: `
    insert into subscriber_state (subscriber, key, version, value)
    select * from ${given(1, `${key}, version bigint, value text`)}
    on conflict (subscriber, key) do update set version = excluded.version, value = excluded.value`,

  deleteStatesSql: `
    delete from subscriber_state where (subscriber, key) in (select * from ${given(1, key)})`,

  upsertTimersSql: `
    insert into message_timer (subscriber, key, due_at, message_id, message)
    select * from ${given(1, `${key}, due_at bigint, message_id text, message text`)}
    on conflict (subscriber, key) do update set due_at = excluded.due_at, message_id = excluded.message_id,
      message = excluded.message`,

  deleteTimersSql: `
    delete from message_timer where (subscriber, key) in (select * from ${given(1, key)})`,

  deleteFiredSql: `
    delete from message_timer
    where (subscriber, key, message_id) in (select * from ${given(1, `${key}, message_id text`)})
    returning message_id`,

  upsertProjectionRowsSql: `
    insert into projection_row (build, key, value)
    select $1::bigint, key, value from ${given(2, 'key text, value text')}
    on conflict (build, key) do update set value = excluded.value`,

  deleteProjectionRowsSql: `delete from projection_row where build = $1 and key in ${texts(2)}`,
};
