import type { Db } from './db.ts';
import { isPhone, mailboxOf, traceOf } from './mailbox.ts';
import { execute, select } from './query.ts';
import type { Schema } from './schema.ts';
import {
  deleteMentioningAnswersSql,
  deleteStatesUnderSql,
  deleteTimersUnderSql,
  erasedText,
  eraseLoggedProfilesSql,
  eraseNamingReceiptsSql,
  eraseRoutedTextsSql,
  eraseTextsSql,
  keepTraceSql,
  selectMentioningDeadMessagesSql,
  selectMentioningEventsSql,
  selectMentioningStatesSql,
  selectMentioningTimersSql,
  selectProfilesSql,
  selectSharedAddressSql,
} from './sqlite-erasure.ts';
import { eraseNamedReceiptsSql, eraseReceiptsSql } from './sqlite-receipts.ts';

/** All words by which one customer could be known. */
interface Known {
  readonly customerId: string;
  /** Now and at any time before. */
  readonly names: ReadonlySet<string>;
  readonly addresses: ReadonlySet<string>;
}

type Profile = Partial<Record<'name' | 'email' | 'phone', string | null>> & {
  readonly addresses?: Readonly<Record<string, string>>;
};

const emptyCustomerSql = `
  update customer set name = '', email = '', phone = null, addresses = '{}', segment = 'standard', locale = 'en',
    time_zone = 'UTC', preferences = '{}', quiet_start = null, quiet_end = null, erased_at = coalesce(erased_at, ?)
  where id = ?`;

const ofCustomer = 'notification_id in (select id from notification where customer_id = ?)';

/** See `CustomerStore.erase`; in a transaction of the caller's. The one place that knows where personal data stands. */
export async function eraseCustomer(tx: Db, customerId: string, atMs: number): Promise<void> {
  await tx.takeTime();
  const known = await everythingKnown(tx, customerId);
  await execute(tx, emptyCustomerSql, atMs, customerId);
  await execute(tx, 'delete from cart_item where customer_id = ?', customerId);
  await execute(tx, 'delete from cart_item_before where customer_id = ?', customerId);
  await eraseFromEventLog(tx, known);
  await eraseFromLedger(tx, known);
  await eraseFromDeadMessages(tx, known);
  await eraseFromKept(tx, known);
  await eraseAnswers(tx, known);
  for (const address of known.addresses) await eraseSuppression(tx, address);
  await execute(tx, 'insert into purge_due (since) values (?)', atMs);
}

async function everythingKnown(tx: Db, customerId: string): Promise<Known> {
  const rows = await select<{ profile: string }>(tx, selectProfilesSql, customerId, customerId);
  const profiles = rows.map(({ profile }) => JSON.parse(profile) as Profile);
  const said = (values: readonly unknown[]): Set<string> =>
    new Set(values.filter((value): value is string => typeof value === 'string' && value !== ''));
  return {
    customerId,
    names: said(profiles.map(({ name }) => name)),
    addresses: said(
      profiles.flatMap(({ email, phone, addresses }) => [email, phone, ...Object.values(addresses ?? {})]),
    ),
  };
}

/** What parts of an architecture say to each other may hold what a provider said: a receipt that names the reader. */
async function eraseFromEventLog(tx: Db, { customerId, addresses }: Known): Promise<void> {
  await execute(tx, eraseLoggedProfilesSql, customerId);
  await execute(tx, eraseTextsSql, customerId, customerId);
  await execute(tx, eraseRoutedTextsSql, customerId);
  const wanted = JSON.stringify([...addresses].map(escaped));
  for (const { position, data } of await select<Schema['event_log']>(tx, selectMentioningEventsSql, wanted)) {
    const erased = rewritten(JSON.parse(data), (text) => withoutAny(text, [...addresses]));
    await execute(tx, 'update event_log set data = ? where position = ?', erased, position);
  }
}

async function eraseFromLedger(tx: Db, { customerId, addresses }: Known): Promise<void> {
  const textsSql = `update notification set variables = '{}' where customer_id = ? and type = 'own-text'`;
  await execute(tx, textsSql, customerId);
  await execute(tx, `update delivery_failure set error_message = '' where ${ofCustomer}`, customerId);
  const wanted = JSON.stringify([...addresses]);
  await execute(tx, eraseNamingReceiptsSql, customerId, wanted);
  await execute(tx, eraseReceiptsSql, customerId);
  await execute(tx, eraseNamedReceiptsSql, JSON.stringify([...addresses].map(mailboxOf)), wanted);
}

/** What nobody could handle stands there whole, and what was said of it too. */
async function eraseFromDeadMessages(tx: Db, known: Known): Promise<void> {
  const wanted = [...known.addresses].flatMap((address) => [address, escaped(address)]);
  const mentioning = await select<Schema['dead_message']>(
    tx,
    selectMentioningDeadMessagesSql,
    escaped(known.customerId),
    JSON.stringify(wanted),
  );
  const update = 'update dead_message set message = ?, error_message = ? where id = ?';
  for (const { id, subscriber, message, error_message: words } of mentioning) {
    const whole: unknown = JSON.parse(message);
    const isAbout = concerns(whole, known.customerId);
    const without = (text: string): string =>
      withoutAny(text, isAbout ? [...known.addresses, ...known.names] : [...known.addresses]);
    const left = isAbout ? withoutProfile(whole, { isChecked: subscriber !== null }) : whole;
    await execute(tx, update, rewritten(left, without), without(words), id);
  }
}

/**
 * What stages keep, and what is to be said at its time. What mentions the customer loses addresses and whole names, in its
 * members' names too; what is kept under their id loses names wherever they stand.
 */
async function eraseFromKept(tx: Db, { customerId, addresses, names }: Known): Promise<void> {
  const id = JSON.stringify(customerId);
  const words = JSON.stringify([...addresses].flatMap((address) => [address, escaped(address)]));
  await execute(tx, deleteStatesUnderSql, words);
  await execute(tx, deleteTimersUnderSql, words);
  const withoutAddresses = (text: string): string => withoutAny(text, [...addresses]);
  const states = await select<Schema['subscriber_state']>(
    tx,
    selectMentioningStatesSql,
    customerId,
    id,
    words,
  );
  for (const { subscriber, key, value } of states) {
    const isTheirs = key === customerId;
    const left = mapped(JSON.parse(value), withoutAddresses, (text) =>
      isTheirs ? withoutAny(text, [...addresses, ...names]) : names.has(text) ? '' : withoutAddresses(text),
    );
    // With another version, so that nobody takes it for what was read before.
    const update =
      'update subscriber_state set value = ?, version = version + 1 where subscriber = ? and key = ?';
    await execute(tx, update, JSON.stringify(left), subscriber, key);
  }
  for (const { subscriber, key, message } of await select<Schema['message_timer']>(
    tx,
    selectMentioningTimersSql,
    id,
    words,
  )) {
    const whole: unknown = JSON.parse(message);
    const isAbout = concerns(whole, customerId);
    const left = isAbout ? withoutProfile(whole, { isChecked: true }) : whole;
    const erased = rewritten(left, (text) => withoutAny(text, [...addresses, ...(isAbout ? names : [])]));
    const update = 'update message_timer set message = ? where subscriber = ? and key = ?';
    await execute(tx, update, erased, subscriber, key);
  }
}

/** With other names of members, and other texts. */
function mapped(value: unknown, name: (text: string) => string, text: (text: string) => string): unknown {
  if (typeof value === 'string') return text(value);
  if (Array.isArray(value)) return value.map((each) => mapped(each, name, text));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([of, each]) => [name(of), mapped(each, name, text)]));
}

/** A request of theirs that comes again is refused, as everything is from now on. */
async function eraseAnswers(tx: Db, { customerId, addresses }: Known): Promise<void> {
  const wanted = [JSON.stringify(customerId), ...[...addresses].map(escaped)];
  await execute(tx, deleteMentioningAnswersSql, JSON.stringify(wanted));
}

/**
 * A mailbox that must not be written to stays known by its trace. Anything else has too few values to be hidden by one,
 * and may be another person's tomorrow: it goes, unless somebody else has the same.
 */
async function eraseSuppression(tx: Db, address: string): Promise<void> {
  const mailbox = mailboxOf(address);
  if (mailbox.includes('@') && !/^https?:/i.test(mailbox)) {
    await execute(tx, keepTraceSql, traceOf(mailbox), traceOf(mailbox), mailbox);
    return;
  }
  const othersSql = isPhone(address)
    ? 'select 1 from customer where phone = ? limit 1'
    : selectSharedAddressSql;
  const isShared = (await select(tx, othersSql, address)).length > 0;
  if (!isShared) await execute(tx, 'delete from suppression where mailbox = ?', mailbox);
}

interface MessageLike {
  readonly subject?: unknown;
  readonly data?: unknown;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const concerns = (message: unknown, customerId: string): message is MessageLike =>
  isObject(message) &&
  (message.subject === customerId || (isObject(message.data) && isOf(message.data, customerId)));

const isOf = ({ notification, ...data }: Record<string, unknown>, id: string): boolean =>
  [data.customerId, data.recipient, data.userId].includes(id) ||
  (isObject(notification) && notification.customerId === id);

/** Of data that no schema has checked nobody knows where it names the customer: none of it stays. */
function withoutProfile(message: MessageLike, { isChecked }: { isChecked: boolean }): MessageLike {
  if (!isChecked) return { ...message, data: null };
  const { data } = message;
  if (!isObject(data)) return message;
  for (const [name, value] of [
    ['notification', data.notification],
    ['message', data.message],
  ] as const)
    if (isObject(value) && value.type === 'own-text')
      return { ...message, data: { ...data, [name]: { ...value, variables: {} } } };
  if (typeof data.recipient === 'string' && typeof data.message === 'string') {
    const { subject: _subject, metadata: _metadata, ...rest } = data;
    return { ...message, data: { ...rest, message: erasedText } };
  }
  return isObject(data.profile) ? { ...message, data: { ...data, profile: null } } : message;
}

/** As JSON, with another text in place of each. */
const rewritten = (whole: unknown, rewrite: (text: string) => string): string =>
  JSON.stringify(whole, (_, value) => (typeof value === 'string' ? rewrite(value) : value));

const withoutAny = (text: string, values: readonly string[]): string =>
  values.reduce((rest, value) => rest.replaceAll(value, ''), text);

const escaped = (text: string): string => JSON.stringify(text).slice(1, -1);
