import { expect, test } from 'vitest';
import { type Ledger, openDatastore } from '../../src/datastore/index.ts';
import { ledger as ledgerOf } from '../../src/datastore/ledger.ts';
import { queryPlanOf } from '../support/query-plan.ts';
import { aDelivery, aNotification, anEntry, deferred, sent } from '../support/records.ts';

/** Four notifications by mail, deferred until 30, 10, 20 and 20. */
async function openWithDeferred(): Promise<Ledger> {
  const { ledger } = openDatastore();
  const dueAtMs = [30, 10, 20, 20];
  await ledger.open(dueAtMs.map((_, index) => anEntry(`n-${index}`, ['email'])));
  await ledger.record(
    dueAtMs.map((ms, index) => deferred(`n-${index}`, 'email', ms)),
    [],
  );
  return ledger;
}

const idsDue = async (ledger: Ledger, nowMs: number, limit = 100): Promise<string[]> =>
  (await ledger.due(nowMs, limit)).map(({ notification }) => notification.id);

test('a deferred delivery is due from its time on, with its notification', async () => {
  const ledger = await openWithDeferred();

  expect(await ledger.due(9, 100)).toEqual([]);
  expect(await ledger.due(10, 100)).toEqual([
    { notification: aNotification('n-1'), delivery: deferred('n-1', 'email', 10) },
  ]);
});

test('who waited longest comes first, then who asked first', async () => {
  const ledger = await openWithDeferred();

  expect(await idsDue(ledger, 100)).toEqual(['n-1', 'n-2', 'n-3', 'n-0']);
  expect(await idsDue(ledger, 100, 2)).toEqual(['n-1', 'n-2']);
});

test('the next due is the earliest, until nothing waits any more', async () => {
  const ledger = await openWithDeferred();
  expect(await ledger.nextDueMs()).toBe(10);

  await ledger.record([sent('n-1', 'email')], []);
  expect(await ledger.nextDueMs()).toBe(20);

  await ledger.record(
    ['n-0', 'n-2', 'n-3'].map((id) => sent(id, 'email')),
    [],
  );
  expect(await ledger.nextDueMs()).toBeUndefined();
  expect(await idsDue(ledger, 100)).toEqual([]);
});

test('a delivery can be deferred again', async () => {
  const ledger = await openWithDeferred();

  await ledger.record([deferred('n-1', 'email', 40)], []);

  expect(await idsDue(ledger, 30)).toEqual(['n-2', 'n-3', 'n-0']);
  expect(await idsDue(ledger, 40)).toEqual(['n-2', 'n-3', 'n-0', 'n-1']);
});

test('what was entered and neither ended nor deferred was interrupted, in the order of its request', async () => {
  const { ledger } = openDatastore();
  await ledger.open([anEntry('n-2'), anEntry('n-1'), anEntry('n-3', ['email'])]);
  await ledger.record([sent('n-2', 'email'), deferred('n-1', 'sms', 99)], []);

  const interrupted = await ledger.interrupted(100);

  expect(interrupted).toEqual([
    { notification: aNotification('n-2'), delivery: aDelivery('n-2', 'sms') },
    { notification: aNotification('n-1'), delivery: aDelivery('n-1', 'email') },
    { notification: aNotification('n-3'), delivery: aDelivery('n-3', 'email') },
  ]);
  expect(await ledger.interrupted(2)).toEqual(interrupted.slice(0, 2));
});

test('what is due is read from its index, so that what has ended costs nothing', async () => {
  const plan = await queryPlanOf(async (db) => {
    const ledger = ledgerOf(db, (work) => work(db));
    await ledger.due(10, 10);
    await ledger.nextDueMs();
  });

  expect(plan).toContain('SEARCH delivery USING INDEX delivery_by_due (due_at<?)');
  expect(plan.filter((line) => /^SCAN (delivery|notification)(?! USING COVERING INDEX)/.test(line))).toEqual(
    [],
  );
});
