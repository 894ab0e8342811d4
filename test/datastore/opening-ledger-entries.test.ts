import { expect, test } from 'vitest';
import { emptyDatastore } from '../support/a-datastore.ts';
import { aDelivery, anEntry, requestedAtMs, sent } from '../support/records.ts';

test('a new notification has no deliveries from before, and all of its own are entered', async () => {
  const { ledger } = await emptyDatastore();
  const entry = anEntry('n-1', ['email', 'sms'], {
    variables: { text: 'Größe 🚲', list: [1, null], deep: { a: 1 } },
  });

  expect(await ledger.open([entry])).toEqual([[]]);

  expect(await ledger.find('id', 'n-1')).toEqual([entry]);
});

test('opening nothing is no trouble', async () => {
  const { ledger } = await emptyDatastore();

  expect(await ledger.open([])).toEqual([]);
});

test('a notification that is opened again stands as it did', async () => {
  const { ledger } = await emptyDatastore();
  await ledger.open([anEntry('n-1')]);
  await ledger.record([sent('n-1', 'email')], []);

  const again = await ledger.open([
    anEntry('n-1', ['email', 'sms'], { requestedAtMs: requestedAtMs + 9000 }),
  ]);

  const standing = [sent('n-1', 'email'), aDelivery('n-1', 'sms')];
  expect(again).toEqual([standing]);
  expect(await ledger.find('id', 'n-1')).toEqual([{ ...anEntry('n-1'), deliveries: standing }]);
});

test('a channel that is new joins those from before, and is not one of them', async () => {
  const { ledger } = await emptyDatastore();
  await ledger.open([anEntry('n-1', ['email'])]);

  expect(await ledger.open([anEntry('n-1', ['email', 'push'])])).toEqual([[aDelivery('n-1', 'email')]]);

  expect(await ledger.find('id', 'n-1')).toEqual([anEntry('n-1', ['email', 'push'])]);
});

test('of the same notification twice in one call, the second finds what the first has entered', async () => {
  const { ledger } = await emptyDatastore();

  const before = await ledger.open([
    anEntry('n-1'),
    anEntry('n-2'),
    anEntry('n-1', ['email', 'sms', 'push']),
  ]);

  expect(before).toEqual([[], [], [aDelivery('n-1', 'email'), aDelivery('n-1', 'sms')]]);
  expect(await ledger.counts()).toMatchObject({ requested: 5 });
});

test('a new channel that two entries of one call ask for is new to the first alone', async () => {
  const { ledger } = await emptyDatastore();
  await ledger.open([anEntry('n-1', ['email'])]);
  await ledger.record([sent('n-1', 'email')], []);

  const before = await ledger.open([anEntry('n-1', ['email', 'sms']), anEntry('n-1', ['email', 'sms'])]);

  expect(before).toEqual([[sent('n-1', 'email')], [sent('n-1', 'email'), aDelivery('n-1', 'sms')]]);
});

test('in every call, each delivery is new to exactly one of those who ask for it', async () => {
  const { ledger } = await emptyDatastore();
  const calls = [
    [anEntry('n-1', ['email']), anEntry('n-2', ['sms']), anEntry('n-1', ['sms'])],
    [anEntry('n-2', ['email', 'sms']), anEntry('n-3'), anEntry('n-3'), anEntry('n-2', ['push', 'email'])],
  ];
  const fresh: string[] = [];

  for (const entries of calls) {
    const before = await ledger.open(entries);
    for (const [index, { notification, deliveries }] of entries.entries()) {
      const known = before[index]?.map(({ channel }) => channel) ?? [];
      for (const { channel } of deliveries)
        if (!known.includes(channel)) fresh.push(`${notification.id} ${channel}`);
    }
  }

  expect(fresh.sort()).toEqual([
    'n-1 email',
    'n-1 sms',
    'n-2 email',
    'n-2 push',
    'n-2 sms',
    'n-3 email',
    'n-3 sms',
  ]);
  expect((await ledger.counts()).requested).toBe(fresh.length);
});
