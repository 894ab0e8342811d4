import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { DeliveryStatus } from '../../src/datastore/index.ts';
import { ledger as ledgerOf } from '../../src/datastore/ledger.ts';
import { aPlace, emptyDatastore, openPlace, tries } from '../support/a-datastore.ts';
import { queryPlanOf } from '../support/query-plan.ts';
import { aDelivery, anEntry, deferred, requestedAtMs, sent } from '../support/records.ts';

test('a pending delivery becomes what is recorded, and its neighbours stay', async () => {
  const { ledger } = await emptyDatastore();
  await ledger.open([anEntry('n-1'), anEntry('n-2')]);

  await ledger.record([sent('n-1', 'sms')], []);

  const deliveries = [...(await ledger.find('id', 'n-1')), ...(await ledger.find('id', 'n-2'))].flatMap(
    (entry) => entry.deliveries,
  );
  expect(deliveries).toEqual([
    aDelivery('n-1', 'email'),
    sent('n-1', 'sms'),
    aDelivery('n-2', 'email'),
    aDelivery('n-2', 'sms'),
  ]);
});

test('of those that end together, each ended at its own moment', async () => {
  const { ledger } = await emptyDatastore();
  const ends = ['n-1', 'n-2', 'n-3'].map((id, index) => ({ ...sent(id, 'sms'), settledAtMs: 1_000 + index }));
  await ledger.open(ends.map(({ notificationId }) => anEntry(notificationId, ['sms'])));

  await ledger.record(ends, []);

  const found = await Promise.all(ends.map(({ notificationId }) => ledger.find('id', notificationId)));
  expect(found.flat().flatMap(({ deliveries }) => deliveries)).toEqual(ends);
});

test.each<DeliveryStatus>(['sent', 'skipped', 'dead_lettered'])(
  'a delivery that is %s never changes',
  async (status) => {
    const { ledger } = await emptyDatastore();
    await ledger.open([anEntry('n-1', ['email'])]);
    const ended = aDelivery('n-1', 'email', { status, reason: 'first', settledAtMs: 1, attempts: 1 });
    await ledger.record([ended], []);

    await ledger.record([sent('n-1', 'email')], []);
    await ledger.record([aDelivery('n-1', 'email'), deferred('n-1', 'email', 5)], []);
    await ledger.open([anEntry('n-1', ['email'])]);

    expect((await ledger.find('id', 'n-1'))[0]?.deliveries).toEqual([ended]);
  },
);

test('a delivery that was never entered is not made by recording its end', async () => {
  const { ledger } = await emptyDatastore();

  await ledger.record([sent('n-1', 'email')], []);

  expect(await ledger.counts()).toEqual({ requested: 0, sent: 0, skipped: 0, deadLettered: 0, pending: 0 });
});

test('what was requested is what was sent, skipped, dead-lettered, and what is still pending', async () => {
  const ends = fc.array(fc.constantFrom<DeliveryStatus>('pending', 'sent', 'skipped', 'dead_lettered'), {
    maxLength: 30,
  });

  await fc.assert(
    fc.asyncProperty(ends, async (statuses) => {
      const datastore = await emptyDatastore();
      const { ledger } = datastore;
      await ledger.open(statuses.map((_, index) => anEntry(`n-${index}`, ['email'])));
      await ledger.record(
        statuses.map((status, index) => aDelivery(`n-${index}`, 'email', { status })),
        [],
      );
      const countOf = (status: DeliveryStatus): number => statuses.filter((other) => other === status).length;

      const counts = await ledger.counts();

      expect(counts).toEqual({
        requested: statuses.length,
        sent: countOf('sent'),
        skipped: countOf('skipped'),
        deadLettered: countOf('dead_lettered'),
        pending: countOf('pending'),
      });
      expect(counts.requested).toBe(counts.sent + counts.skipped + counts.deadLettered + counts.pending);
      await datastore.close();
    }),
    { seed: 1, numRuns: tries(50) },
  );
});

test('verdicts that ended nothing are kept beside the deliveries, oldest first', async () => {
  const { ledger } = await emptyDatastore();
  const verdict = (notificationId: string, atMs: number, untilMs: number | null) =>
    ({ notificationId, channel: 'sms', atMs, reason: 'quiet_hours', untilMs }) as const;
  const [late, early, other] = [verdict('n-1', 20, 99), verdict('n-1', 10, null), verdict('n-2', 15, 30)];

  await ledger.record([], [late]);
  await ledger.record([], [early, other]);

  expect(await ledger.verdicts(['n-1'])).toEqual([early, late]);
  expect(await ledger.verdicts(['n-2', 'n-1', 'unknown'])).toEqual([early, other, late]);
  expect(await ledger.verdicts([])).toEqual([]);
});

test('verdicts of the same moment stay in the order of recording', async () => {
  const { ledger } = await emptyDatastore();
  const reasons = ['quiet_hours', 'rate_limited', 'duplicate'];

  const verdicts = reasons.map((reason) => ({
    notificationId: 'n-1',
    channel: 'sms',
    atMs: requestedAtMs,
    reason,
    untilMs: null,
  }));
  await ledger.record([], verdicts);

  expect((await ledger.verdicts(['n-1'])).map(({ reason }) => reason)).toEqual(reasons);
});

test('deliveries and verdicts are recorded all or none', async () => {
  const { ledger } = await emptyDatastore();
  await ledger.open([anEntry('n-1', ['email'])]);
  const impossible = {
    notificationId: 'n-1',
    channel: 'email',
    atMs: 1,
    reason: null as never,
    untilMs: null,
  };

  await expect(ledger.record([sent('n-1', 'email')], [impossible])).rejects.toThrow(/not[ -]null/i);

  expect(await ledger.counts()).toMatchObject({ sent: 0, pending: 1 });
});

test('the ledger is there when its file is opened again', async () => {
  const place = await aPlace();
  const first = await openPlace(place);
  await first.ledger.open([anEntry('n-1')]);
  await first.ledger.record([sent('n-1', 'email'), deferred('n-1', 'sms', 5)], []);
  const entries = await first.ledger.find('id', 'n-1');
  await first.close();

  const second = await openPlace(place);

  expect(await second.ledger.find('id', 'n-1')).toEqual(entries);
  expect(await second.ledger.nextDueMs('sms')).toBe(5);
  await second.close();
});

test('an end is recorded by way of the primary key, whatever the size of the ledger', async () => {
  const plan = await queryPlanOf((db) => ledgerOf(db, (work) => work(db)).record([sent('n-1', 'email')], []));

  expect(plan).toContainEqual(
    expect.stringMatching(/^SEARCH delivery USING PRIMARY KEY \(notification_id=\? AND channel=\?\)/),
  );
  expect(plan.filter((line) => line.startsWith('SCAN delivery'))).toEqual([]);
});
