/** The statements about erasing a customer that only SQLite understands; see sqlite-sets.ts. */

/** In place of what somebody wrote: a message without any would be none. */
export const erasedText = '(erased)';

/** Parameter: customerId, twice. What somebody wrote to the customer, as it was asked for and as it goes on its way. */
export const eraseTextsSql = `
  update event_log set data = case
    when json_type(data, '$.notification') is null
      then json_remove(json_set(data, '$.message', '${erasedText}'), '$.subject', '$.metadata')
    else json_set(data, '$.notification.variables', json('{}')) end
  where type = 'SendNotification' and (data ->> '$.recipient' = ?
    or (data ->> '$.notification.customerId' = ? and data ->> '$.notification.type' = 'own-text'))`;

/** Parameter: customerId. The same where it goes from stage to stage. */
export const eraseRoutedTextsSql = `
  update event_log set data = json_set(data, '$.message.variables', json('{}'))
  where type = 'DeliveryRouted' and data ->> '$.userId' = ? and data ->> '$.message.type' = 'own-text'`;

/** Parameter: customerId, twice. Now and at any time before. */
export const selectProfilesSql = `
  select json_object('name', name, 'email', email, 'phone', phone, 'addresses', json(addresses)) as profile
  from customer where id = ?
  union all
  select data -> '$.profile' from event_log where subject = ? and json_type(data, '$.profile') = 'object'`;

/** Parameter: customerId. */
export const eraseLoggedProfilesSql = `
  update event_log set data = json_set(data, '$.profile', null)
  where subject = ? and json_type(data, '$.profile') is not null`;

/** Parameter: words. */
export const selectMentioningEventsSql = `
  select position, data from event_log where json_type(data, '$.profile') is null
    and exists (select 1 from json_each(?) where instr(data, value) > 0)`;

/** Parameters: customerId, words. */
export const eraseNamingReceiptsSql = `
  update delivery set receipt = null
  where notification_id in (select id from notification where customer_id = ?)
    and exists (select 1 from json_each(?) where instr(receipt, value) > 0)`;

/** Parameters: customerId, words. */
export const selectMentioningDeadMessagesSql = `
  select * from dead_message where instr(message, ?) > 0
    or exists (select 1 from json_each(?) where instr(message, value) > 0 or instr(error_message, value) > 0)`;

/** Parameter: words. What is kept under an address is about its reader. */
export const deleteStatesUnderSql = `
  delete from subscriber_state as kept
  where exists (select 1 from json_each(?) as word where instr(kept.key, word.value) > 0)`;

/** Parameter: words. */
export const deleteTimersUnderSql = `
  delete from message_timer as timer
  where exists (select 1 from json_each(?) as word where instr(timer.key, word.value) > 0)`;

/** Parameters: customerId, customerId as JSON, words. */
export const selectMentioningStatesSql = `
  select subscriber, key, value from subscriber_state as kept where key = ? or instr(kept.value, ?) > 0
    or exists (select 1 from json_each(?) as word where instr(kept.value, word.value) > 0)`;

/** Parameters: customerId as JSON, words. */
export const selectMentioningTimersSql = `
  select subscriber, key, message from message_timer where instr(message, ?) > 0
    or exists (select 1 from json_each(?) as word where instr(message, word.value) > 0)`;

/** Parameter: words. */
export const deleteMentioningAnswersSql = `
  delete from idempotency_key where exists (select 1 from json_each(?) where instr(body, value) > 0)`;

/** Parameters: trace, trace, mailbox. */
export const keepTraceSql = `
  update or replace suppression set mailbox = ?, address = ?, detail = null where mailbox = ?`;

/** Parameter: an address that is no phone. */
export const selectSharedAddressSql = `
  select 1 from customer where exists (select 1 from json_each(addresses) where value = ?) limit 1`;

/** Parameter: the first id. Of who was erased while a subscriber had the message in hand. */
export const eraseDeadProfilesSql = `
  update dead_message set message = json_set(message, '$.data.profile', null)
  where id >= ? and json_type(message, '$.data.profile') = 'object'
    and exists (select 1 from customer where id = message ->> '$.subject' and erased_at is not null)`;
