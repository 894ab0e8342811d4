import { expect, test } from 'vitest';
import { consumption } from '../../src/datastore/consumption.ts';
import { type ConsumptionBatch, type DeadMessage, nothingConsumed } from '../../src/datastore/index.ts';
import type { Message } from '../../src/events/index.ts';
import { aPlace, emptyDatastore, openPlace } from '../support/a-datastore.ts';
import { idsOf } from '../support/bus.ts';
import { eventMaker } from '../support/events.ts';
import { queryPlanOf } from '../support/query-plan.ts';

const everything = { types: null, after: 0, upTo: 100, skipHandled: false };

/** A log of ten messages, of Kim and Lee in turn, and the subscriber `mailer` before the first of them. */
async function withTenMessages() {
  const datastore = await emptyDatastore();
  const make = eventMaker();
  const { consumption: store } = datastore;
  await store.enter('mailer');
  const messages: Message[] = Array.from({ length: 10 }, (_, index) =>
    index % 2 === 0 ? make.registered('kim') : make.priceChanged('lee'),
  );
  await store.commit({ ...nothingConsumed, append: messages });
  return { datastore, store, messages, make };
}

const aDeadMessage = (differences: Partial<DeadMessage> = {}): DeadMessage => ({
  subscriber: 'mailer',
  position: 3,
  messageId: 'id-3',
  messageType: 'CustomerRegistered',
  message: '{"id":"id-3"}',
  errorName: 'Error',
  errorCode: null,
  errorMessage: 'broken',
  attempts: 3,
  firstFailedAtMs: 1000,
  lastFailedAtMs: 5000,
  ...differences,
});

const retry = (position: number, dueAtMs: number, attempts = 1) => {
  return { subscriber: 'mailer', position, attempts, dueAtMs, firstFailedAtMs: 1 };
};

const fromTheFirst = { after: { dueAtMs: 0, position: 0 }, limit: 100 };

test('a subscriber is entered at the end of the log, and once', async () => {
  const { store } = await withTenMessages();

  await store.enter('late');
  await store.enter('mailer');

  expect(await store.head()).toBe(10);
  expect(await store.checkpoint('late')).toEqual({ position: 10, aheadTo: 0 });
  expect(await store.checkpoint('mailer')).toEqual({ position: 0, aheadTo: 0 });
  expect(await store.checkpoint('nobody')).toBeUndefined();
});

test('a stretch of the log is read in order, with the positions, and only the types that are wanted', async () => {
  const { store, messages } = await withTenMessages();

  const page = await store.read({ ...everything, subscriber: 'mailer', after: 2, upTo: 5 });
  expect(page).toEqual([2, 3, 4].map((index) => ({ position: index + 1, message: messages[index] })));

  const prices = await store.read({ ...everything, subscriber: 'mailer', types: ['PriceChanged', 'Other'] });
  expect(prices.map(({ position }) => position)).toEqual([2, 4, 6, 8, 10]);
});

test('what there may be to do is asked at once: the head, and whether retries and timers wait, due or not', async () => {
  const { store } = await withTenMessages();
  const timer = {
    subscriber: 'mailer',
    key: 'later',
    dueAtMs: 9_000_000,
    messageId: 'id-later',
    message: '{}',
  };
  expect(await (await emptyDatastore()).consumption.outstanding()).toEqual({
    head: 0,
    hasRetries: false,
    hasTimers: false,
  });
  expect(await store.outstanding()).toEqual({ head: 10, hasRetries: false, hasTimers: false });

  await store.commit({ ...nothingConsumed, retries: [retry(3, 9_000_000)] });
  expect(await store.outstanding()).toEqual({ head: 10, hasRetries: true, hasTimers: false });

  await store.commit({ ...nothingConsumed, timers: [{ subscriber: 'mailer', key: 'later', timer }] });
  expect(await store.outstanding()).toEqual({ head: 10, hasRetries: true, hasTimers: true });
});

test('one subject is read in order, so many at a time', async () => {
  const { store } = await withTenMessages();
  const stretch = { ...everything, subscriber: 'mailer', after: 1, upTo: 7 };

  const page = await store.readSubject('kim', { ...stretch, limit: 2 });

  expect(page.map(({ position }) => position)).toEqual([3, 5]);
});

test('what was handled ahead of the checkpoint is left out until the checkpoint passes it', async () => {
  const { store } = await withTenMessages();
  const ahead = { subscriber: 'mailer', position: 1, ahead: [3, 4, 8], passesAhead: false };
  await store.commit({ ...nothingConsumed, progress: [ahead] });
  expect(await store.checkpoint('mailer')).toEqual({ position: 1, aheadTo: 8 });

  const rest = { ...everything, subscriber: 'mailer', after: 1, skipHandled: true };
  expect((await store.read(rest)).map(({ position }) => position)).toEqual([2, 5, 6, 7, 9, 10]);
  expect(await store.read({ ...rest, subscriber: 'another' })).toHaveLength(9);
  const ofKim = await store.readSubject('kim', { ...rest, limit: 10 });
  expect(ofKim.map(({ position }) => position)).toEqual([5, 7, 9]);

  const passing = { subscriber: 'mailer', position: 7, ahead: [], passesAhead: true };
  await store.commit({ ...nothingConsumed, progress: [passing] });
  expect(await store.checkpoint('mailer')).toEqual({ position: 7, aheadTo: 8 });
  await store.commit({ ...nothingConsumed, progress: [{ ...passing, position: 8 }] });
  expect(await store.checkpoint('mailer')).toEqual({ position: 8, aheadTo: 0 });
});

test('each appended message is given its place, those that are there already too', async () => {
  const { store, messages, make } = await withTenMessages();
  const [first, second] = [make.registered('mia'), make.registered('mia')];
  const known = messages.slice(3, 5);

  const mixed = await store.commit({ ...nothingConsumed, append: [...known, first, first, second] });
  const repeated = await store.commit({
    ...nothingConsumed,
    append: [second, ...known, make.registered('mia')],
  });

  // An engine may leave a number out that was taken for a repetition.
  const another = mixed.positions[4] ?? Number.NaN;
  expect(mixed.positions).toEqual([4, 5, 11, 11, another]);
  expect(another).toBeGreaterThan(11);
  const last = repeated.positions[3] ?? Number.NaN;
  expect(repeated.positions).toEqual([another, 4, 5, last]);
  expect(last).toBeGreaterThan(another);
  expect(await store.head()).toBe(last);
});

test.each([1, 7, 8, 63, 64, 65, 200])('%d messages are appended in their order', async (count) => {
  const { consumption: store, eventLog } = await emptyDatastore();
  const messages = Array.from({ length: count }, () => eventMaker().registered('kim'));
  const make = eventMaker();
  const distinct = messages.map(() => make.registered('kim'));

  const { positions } = await store.commit({ ...nothingConsumed, append: distinct });

  expect(positions).toEqual(distinct.map((_, index) => index + 1));
  expect(idsOf(await eventLog.about('kim'))).toEqual(idsOf(distinct));
});

test('a retry is due from its time on, with its message, the longest waiting first', async () => {
  const { store, messages } = await withTenMessages();
  await store.commit({
    ...nothingConsumed,
    retries: [retry(2, 30), retry(5, 10), retry(7, 20), retry(9, 20)],
  });

  expect(await store.dueRetries('mailer', { ...fromTheFirst, nowMs: 9 })).toEqual([]);
  expect(await store.dueRetries('mailer', { ...fromTheFirst, nowMs: 10 })).toEqual([
    { ...retry(5, 10), message: messages[4] },
  ]);
  const page = await store.dueRetries('mailer', { ...fromTheFirst, nowMs: 30, limit: 2 });
  expect(page.map(({ position }) => position)).toEqual([5, 7]);
  const [, after] = page;
  if (after === undefined) throw new Error('there were two');
  const next = await store.dueRetries('mailer', { nowMs: 30, after, limit: 2 });
  expect(next.map(({ position }) => position)).toEqual([9, 2]);
  expect(await store.dueRetries('another', { ...fromTheFirst, nowMs: 99 })).toEqual([]);
  expect(await store.nextDueMs('mailer', 0)).toBe(10);
  expect(await store.nextDueMs('mailer', 20)).toBe(30);
  expect(await store.nextDueMs('mailer', 30)).toBeUndefined();
});

test('a retry that failed again waits anew from its first failure on; one that ended is gone', async () => {
  const { store } = await withTenMessages();
  await store.commit({ ...nothingConsumed, retries: [retry(2, 10), retry(3, 10)] });

  const again = { ...retry(2, 50, 2), firstFailedAtMs: 40 };
  await store.commit({
    ...nothingConsumed,
    retries: [again],
    ended: [{ subscriber: 'mailer', position: 3 }],
  });

  const due = await store.dueRetries('mailer', { ...fromTheFirst, nowMs: 99 });
  expect(due).toMatchObject([{ position: 2, attempts: 2, dueAtMs: 50, firstFailedAtMs: 1 }]);
});

test('dead messages are kept as they are given, and numbered for good', async () => {
  const { consumption: store } = await emptyDatastore();
  const dead = [
    aDeadMessage(),
    aDeadMessage({ subscriber: null, position: null, errorCode: 'invalid_message' }),
  ];

  const { dead: kept } = await store.commit({ ...nothingConsumed, dead });

  expect(kept).toEqual(dead.map((message, index) => ({ ...message, id: index + 1 })));
  expect(await store.deadMessages(100)).toEqual(kept);
  expect(await store.deadMessages(1)).toEqual(kept.slice(1));
  expect(await store.deadMessage(2)).toEqual(kept[1]);
  expect(await store.deadMessage(3)).toBeUndefined();
  expect([await store.discard(2), await store.discard(2)]).toEqual([true, false]);
  const later = await store.commit({ ...nothingConsumed, dead });
  expect(later.dead.map(({ id }) => id)).toEqual([3, 4]);
});

test('a dead message is re-driven in one go: it is a retry, due now, and dead no more', async () => {
  const { store } = await withTenMessages();
  await store.commit({
    ...nothingConsumed,
    dead: [aDeadMessage(), aDeadMessage({ subscriber: null, position: null })],
  });

  expect(await store.redrive(1, 77)).toBe(true);
  expect([await store.redrive(1, 77), await store.redrive(2, 77)]).toEqual([false, false]);

  expect(await store.dueRetries('mailer', { ...fromTheFirst, nowMs: 77 })).toMatchObject([
    { position: 3, attempts: 0, dueAtMs: 77, firstFailedAtMs: 1000 },
  ]);
  expect((await store.deadMessages(9)).map(({ id }) => id)).toEqual([2]);
});

test('what was refused is let in again once', async () => {
  const { store, make } = await withTenMessages();
  await store.commit({ ...nothingConsumed, dead: [aDeadMessage({ subscriber: null, position: null })] });

  expect(await store.readmit(1, make.registered('mia'))).toBe(true);
  expect(await store.readmit(1, make.registered('ned'))).toBe(false);

  expect(await store.head()).toBe(11);
  expect(await store.deadMessages(9)).toEqual([]);
});

test('a batch is committed whole or not at all', async () => {
  const { store, make } = await withTenMessages();
  const impossible = { ...retry(4, 10), attempts: null as never };
  const batch: ConsumptionBatch = {
    ...nothingConsumed,
    append: [make.registered('mia')],
    progress: [{ subscriber: 'mailer', position: 5, ahead: [7], passesAhead: false }],
    retries: [impossible],
    dead: [aDeadMessage()],
  };

  await expect(store.commit(batch)).rejects.toThrow(/not[ -]null/i);

  expect(await store.head()).toBe(10);
  expect(await store.checkpoint('mailer')).toEqual({ position: 0, aheadTo: 0 });
  expect(await store.deadMessages(9)).toEqual([]);
});

test('going back forgets what came after, of that subscriber alone, and never goes forward', async () => {
  const { store } = await withTenMessages();
  await store.enter('other');
  const progress = { subscriber: 'mailer', position: 6, ahead: [8, 9], passesAhead: false };
  const dead = [aDeadMessage({ position: 2 }), aDeadMessage({ position: 4 })];
  await store.commit({ ...nothingConsumed, progress: [progress], retries: [retry(3, 1), retry(5, 1)], dead });

  await store.rewind('mailer', 9);
  expect(await store.checkpoint('mailer')).toEqual({ position: 6, aheadTo: 8 });
  await store.rewind('mailer', 4);

  expect(await store.checkpoint('mailer')).toEqual({ position: 3, aheadTo: 0 });
  const due = await store.dueRetries('mailer', { ...fromTheFirst, nowMs: 9 });
  expect(due.map(({ position }) => position)).toEqual([3]);
  expect((await store.deadMessages(9)).map(({ position }) => position)).toEqual([2]);
  expect(await store.checkpoint('other')).toEqual({ position: 10, aheadTo: 0 });
});

test('the log, one subject of it, and due retries are read from their indexes, without sorting', async () => {
  const plan = await queryPlanOf(async (db) => {
    const store = consumption(db, (work) => work(db));
    const stretch = { ...everything, subscriber: 'mailer', types: ['PriceChanged'], skipHandled: true };
    await store.read(stretch);
    await store.readSubject('kim', { ...stretch, limit: 10 });
    await store.dueRetries('mailer', { ...fromTheFirst, nowMs: 1 });
    await store.nextDueMs('mailer', 1);
    await store.head();
  });

  expect(plan).toContain('SEARCH entry USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)');
  expect(plan).toContain('SEARCH entry USING INDEX event_log_by_subject (subject=? AND rowid>? AND rowid<?)');
  expect(plan.filter((line) => /TEMP B-TREE|^SCAN (?!json_each)/.test(line))).toEqual([]);
});

test('what is published and stands in the log already is not written, and waits for nobody who writes', async () => {
  const place = await aPlace();
  const [writing, publishing] = [await openPlace(place), await openPlace(place)];
  const make = eventMaker();
  const messages = [make.registered('kim'), make.registered('lee')];
  await publishing.transaction(({ eventLog }) => eventLog.append(messages));

  const { positions } = await writing.transaction(async ({ eventLog }) => {
    await eventLog.append([make.registered('max')]);
    return publishing.consumption.commit({ ...nothingConsumed, append: messages.toReversed() });
  });

  expect(positions).toEqual([2, 1]);
});

test('of what is published, that which the log lacks is appended, and once', async () => {
  const { store, messages, make } = await withTenMessages();
  const added = make.registered('max');

  const { positions } = await store.commit({
    ...nothingConsumed,
    append: [...messages.slice(8), added, added],
  });

  expect(positions).toEqual([9, 10, 11, 11]);
  expect(await store.head()).toBe(11);
});
