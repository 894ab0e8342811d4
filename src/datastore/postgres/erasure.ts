import type * as sqlite from '../sqlite-erasure.ts';
import { erasedText } from '../sqlite-erasure.ts';
import type { InPostgres } from './in-postgres.ts';

const mentions = (text: string, parameter: number): string =>
  `exists (select 1 from json_array_elements_text($${parameter}::json) as word where strpos(${text}, word) > 0)`;

/** What is asked to erase a customer, with the parameters that sqlite-erasure.ts says. */
export const erasureSets: InPostgres<Omit<typeof sqlite, 'erasedText'>> = {
  eraseTextsSql: `
    update event_log set data = (case
      when data::jsonb -> 'notification' is null
        then jsonb_set(data::jsonb, '{message}', to_jsonb('${erasedText}'::text)) - 'subject' - 'metadata'
      else jsonb_set(data::jsonb, '{notification,variables}', '{}') end)::text
    where type = 'SendNotification' and (data::json ->> 'recipient' = $1
      or (data::json -> 'notification' ->> 'customerId' = $2 and data::json -> 'notification' ->> 'type' = 'own-text'))`,

  eraseRoutedTextsSql: `
    update event_log set data = jsonb_set(data::jsonb, '{message,variables}', '{}')::text
    where type = 'DeliveryRouted' and data::json ->> 'userId' = $1
      and data::json -> 'message' ->> 'type' = 'own-text'`,

  selectProfilesSql: `
    select json_build_object('name', name, 'email', email, 'phone', phone, 'addresses', addresses::json)::text as profile
    from customer where id = $1
    union all
    select (data::json -> 'profile')::text from event_log
    where subject = $2 and json_typeof(data::json -> 'profile') = 'object'`,

  eraseLoggedProfilesSql: `
    update event_log set data = jsonb_set(data::jsonb, '{profile}', 'null')::text
    where subject = $1 and data::json -> 'profile' is not null`,

  selectMentioningEventsSql: `
    select position, data from event_log where ${mentions('data', 1)} and data::json -> 'profile' is null`,

  eraseNamingReceiptsSql: `
    update delivery set receipt = null
    where notification_id in (select id from notification where customer_id = $1) and ${mentions('receipt', 2)}`,

  selectMentioningDeadMessagesSql: `
    select * from dead_message
    where strpos(message, $1) > 0 or ${mentions('message', 2)} or ${mentions('error_message', 2)}`,

  deleteStatesUnderSql: `delete from subscriber_state where ${mentions('key', 1)}`,

  deleteTimersUnderSql: `delete from message_timer where ${mentions('key', 1)}`,

  selectMentioningStatesSql: `
    select subscriber, key, value from subscriber_state
    where key = $1 or strpos(value, $2) > 0 or ${mentions('subscriber_state.value', 3)}`,

  selectMentioningTimersSql: `
    select subscriber, key, message from message_timer where strpos(message, $1) > 0 or ${mentions('message', 2)}`,

  deleteMentioningAnswersSql: `delete from idempotency_key where ${mentions('body', 1)}`,

  keepTraceSql: `
    with erased as (delete from suppression where mailbox = $3 returning *)
    insert into suppression (mailbox, address, reason, since, channel, source, detail)
    select $1, $2, reason, since, channel, source, null from erased
    on conflict (mailbox) do update set address = excluded.address, reason = excluded.reason,
      since = excluded.since, channel = excluded.channel, source = excluded.source, detail = null`,

  selectSharedAddressSql: `
    select 1 from customer where exists (
      select 1 from json_each_text(addresses::json) as other where other.value = $1) limit 1`,

  eraseDeadProfilesSql: `
    with erased as (update dead_message set message = jsonb_set(message::jsonb, '{data,profile}', 'null')::text
    where id >= $1 and json_typeof(message::json -> 'data' -> 'profile') = 'object'
      and exists (select 1 from customer where id = message::json ->> 'subject' and erased_at is not null)
      returning last_failed_at)
    insert into purge_due (since) select max(last_failed_at) from erased having count(*) > 0`,
};
