import { expect, test } from 'vitest';
import type { Ledger } from '../../src/datastore/index.ts';
import { ledger as ledgerOf } from '../../src/datastore/ledger.ts';
import { emptyDatastore } from '../support/a-datastore.ts';
import { queryPlanOf } from '../support/query-plan.ts';
import { aDelivery, aNotification, anEntry, deferred, sent } from '../support/records.ts';

/** Four notifications by mail, deferred until 30, 10, 20 and 20. */
async function openWithDeferred(): Promise<Ledger> {
  const { ledger } = await emptyDatastore();
  const dueAtMs = [30, 10, 20, 20];
  await ledger.open(dueAtMs.map((_, index) => anEntry(`n-${index}`, ['email'])));
  await ledger.record(
    dueAtMs.map((ms, index) => deferred(`n-${index}`, 'email', ms)),
    [],
  );
  return ledger;
}

const idsTaken = async (ledger: Ledger, nowMs: number, limit = 100): Promise<string[]> =>
  (await ledger.takeDue('email', nowMs, limit)).map(({ notification }) => notification.id);

test('a deferred delivery can be taken from its time on, with its notification', async () => {
  const ledger = await openWithDeferred();

  expect(await ledger.takeDue('email', 9, 100)).toEqual([]);
  expect(await ledger.takeDue('email', 10, 100)).toEqual([
    { notification: aNotification('n-1'), delivery: { ...deferred('n-1', 'email', 10), dueAtMs: null } },
  ]);
});

test('what was taken is in hand, and given to nobody else', async () => {
  const ledger = await openWithDeferred();
  expect(await idsTaken(ledger, 10)).toEqual(['n-1']);

  expect(await idsTaken(ledger, 10)).toEqual([]);
  expect(await ledger.counts()).toMatchObject({ requested: 4, pending: 4 });
  expect((await ledger.orphaned(100)).map(({ notification }) => notification.id)).toEqual(['n-1']);
});

test('who waited longest comes first, then who asked first', async () => {
  expect(await idsTaken(await openWithDeferred(), 100)).toEqual(['n-1', 'n-2', 'n-3', 'n-0']);
  expect(await idsTaken(await openWithDeferred(), 100, 2)).toEqual(['n-1', 'n-2']);
});

test('each channel has its own', async () => {
  const { ledger } = await emptyDatastore();
  await ledger.open([anEntry('n-1')]);
  await ledger.record([deferred('n-1', 'email', 10), deferred('n-1', 'sms', 20)], []);

  expect(await ledger.waitingChannels()).toEqual([
    { channel: 'email', dueAtMs: 10 },
    { channel: 'sms', dueAtMs: 20 },
  ]);
  expect([await ledger.nextDueMs('email'), await ledger.nextDueMs('sms')]).toEqual([10, 20]);
  expect(await idsTaken(ledger, 30)).toEqual(['n-1']);
  expect(await ledger.nextDueMs('email')).toBeUndefined();
  expect(await ledger.waitingChannels()).toEqual([{ channel: 'sms', dueAtMs: 20 }]);
});

test('the next due is the earliest, until nothing waits any more', async () => {
  const ledger = await openWithDeferred();
  expect(await ledger.nextDueMs('email')).toBe(10);

  await ledger.record([sent('n-1', 'email')], []);
  expect(await ledger.nextDueMs('email')).toBe(20);

  await ledger.record(
    ['n-0', 'n-2', 'n-3'].map((id) => sent(id, 'email')),
    [],
  );
  expect(await ledger.nextDueMs('email')).toBeUndefined();
  expect(await idsTaken(ledger, 100)).toEqual([]);
});

test('a delivery can be deferred again, many at once to moments of their own', async () => {
  const ledger = await openWithDeferred();

  await ledger.record([deferred('n-1', 'email', 40), deferred('n-2', 'email', 41)], []);

  expect(await idsTaken(ledger, 30)).toEqual(['n-3', 'n-0']);
  expect(await idsTaken(ledger, 40)).toEqual(['n-1']);
  expect(await idsTaken(ledger, 41)).toEqual(['n-2']);
});

test('a delivery can be entered as due at once, and then nobody has it in hand', async () => {
  const { ledger } = await emptyDatastore();
  const { notification } = anEntry('n-1');
  const deliveries = [aDelivery('n-1', 'email', { dueAtMs: 10 }), aDelivery('n-1', 'sms')];

  await ledger.open([{ notification, deliveries }]);

  expect(await ledger.find('id', 'n-1')).toEqual([{ notification, deliveries }]);
  expect((await ledger.orphaned(100)).map(({ delivery }) => delivery.channel)).toEqual(['sms']);
  expect(await idsTaken(ledger, 10)).toEqual(['n-1']);
});

test('what was entered and neither ended nor deferred was interrupted, in the order of its request', async () => {
  const { ledger } = await emptyDatastore();
  await ledger.open([anEntry('n-2'), anEntry('n-1'), anEntry('n-3', ['email'])]);
  await ledger.record([sent('n-2', 'email'), deferred('n-1', 'sms', 99)], []);

  const interrupted = await ledger.orphaned(100);

  expect(interrupted).toEqual([
    { notification: aNotification('n-2'), delivery: aDelivery('n-2', 'sms') },
    { notification: aNotification('n-1'), delivery: aDelivery('n-1', 'email') },
    { notification: aNotification('n-3'), delivery: aDelivery('n-3', 'email') },
  ]);
  expect(await ledger.orphaned(2)).toEqual(interrupted.slice(0, 2));
});

test('what was interrupted is due at once when it is resumed, with a verdict that nobody knows its outcome', async () => {
  const { ledger } = await emptyDatastore();
  await ledger.open([anEntry('n-1'), anEntry('n-2', ['email'])]);
  await ledger.record([sent('n-1', 'email'), deferred('n-2', 'email', 99)], []);

  expect(await ledger.resumeOrphaned(50)).toBe(1);

  const verdict = { notificationId: 'n-1', channel: 'sms', atMs: 50, reason: 'outcome_unknown', untilMs: 50 };
  expect(await ledger.verdicts(['n-1', 'n-2'])).toEqual([verdict]);
  expect(await ledger.nextDueMs('sms')).toBe(50);
  expect(await ledger.nextDueMs('email')).toBe(99);
  expect(await ledger.resumeOrphaned(60)).toBe(0);
});

test('what was put off before a process died keeps the reason for it', async () => {
  const ledger = await openWithDeferred();
  const [{ delivery: taken } = expect.fail()] = await ledger.takeDue('email', 10, 1);

  await ledger.resumeOrphaned(15);

  const [line] = await ledger.takeDue('email', 15, 1);
  expect(taken.reason).not.toBeNull();
  expect(line?.delivery.reason).toBe(taken.reason);
});

test('of those that got lost on their way, what neither ended nor waits is due now, without a verdict', async () => {
  const { ledger } = await emptyDatastore();
  const ids = ['n-1', 'n-2', 'n-3', 'n-4'];
  await ledger.open(ids.map((id) => anEntry(id)));
  await ledger.record([sent('n-1', 'sms'), deferred('n-2', 'sms', 99)], []);

  expect(await ledger.resumeLost('sms', ['n-1', 'n-2', 'n-3'], 50)).toBe(1);

  const [line, ...others] = await ledger.takeDue('sms', 50, 9);
  expect(line).toEqual({ notification: aNotification('n-3'), delivery: aDelivery('n-3', 'sms') });
  expect(others).toEqual([]);
  expect(await ledger.nextDueMs('sms')).toBe(99);
  expect(await ledger.verdicts(ids)).toEqual([]);
  expect(await ledger.resumeLost('email', [], 50)).toBe(0);
});

test('what is due is read from its index, so that what has ended costs nothing', async () => {
  const plan = await queryPlanOf(async (db) => {
    const ledger = ledgerOf(db, (work) => work(db));
    await ledger.takeDue('email', 10, 10);
    await ledger.resumeLost('email', ['n-1'], 10);
    await ledger.nextDueMs('email');
    await ledger.waitingChannels();
  });

  expect(plan).toContain('SEARCH delivery USING INDEX delivery_by_due (channel=? AND due_at<?)');
  expect(plan).toContain('SEARCH delivery USING COVERING INDEX delivery_by_due (channel=? AND due_at>?)');
  expect(plan.filter((line) => /^SCAN (delivery|notification)(?! USING COVERING INDEX)/.test(line))).toEqual(
    [],
  );
});

test('on which channels anything waits is found without a look at all that does', async () => {
  const plan = await queryPlanOf((db) => ledgerOf(db, (work) => work(db)).waitingChannels());

  expect(plan.filter((line) => /delivery/.test(line))).toEqual([
    'SEARCH delivery USING COVERING INDEX delivery_by_due',
    'SEARCH delivery USING COVERING INDEX delivery_by_due (channel>?)',
    'SEARCH delivery USING COVERING INDEX delivery_by_due (channel=? AND due_at>?)',
  ]);
});

test('of many that are due at once, a page is read without sorting them all', async () => {
  const plan = await queryPlanOf((db) => ledgerOf(db, (work) => work(db)).takeDue('email', 10, 10));

  // The one that is sorted is the page itself.
  expect(plan.filter((line) => line.includes('TEMP B-TREE'))).toHaveLength(1);
});
