import { expect, test } from 'vitest';
import type { Ledger, LedgerKey } from '../../src/datastore/index.ts';
import { emptyDatastore } from '../support/a-datastore.ts';
import { anEntry } from '../support/records.ts';

async function pagesOf(ledger: Ledger, limit: number): Promise<string[][]> {
  const pages: string[][] = [];
  for await (const page of ledger.pages(limit)) {
    pages.push(page.map(({ notification, delivery }) => `${notification.id} ${delivery.channel}`));
  }
  return pages;
}

test('an empty ledger has no pages', async () => {
  expect(await pagesOf((await emptyDatastore()).ledger, 10)).toEqual([]);
});

test('pages hold every delivery once, in the order of the requests', async () => {
  const { ledger } = await emptyDatastore();
  await ledger.open([anEntry('z'), anEntry('m', ['email'])]);
  await ledger.open([anEntry('a'), anEntry('z', ['push'])]);

  const all = ['z email', 'z push', 'z sms', 'm email', 'a email', 'a sms'];
  expect(await pagesOf(ledger, 2)).toEqual([all.slice(0, 4), all.slice(4)]);
  expect(await pagesOf(ledger, 100)).toEqual([all]);
});

test('a page can be worked on while the next waits', async () => {
  const { ledger } = await emptyDatastore();
  await ledger.open(['a', 'b', 'c'].map((id) => anEntry(id, ['email'])));
  const seen: string[] = [];

  for await (const page of ledger.pages(1)) {
    for (const { notification } of page) seen.push(notification.id);
    if (seen.length === 2) await ledger.open([anEntry('d', ['email'])]);
  }

  expect(seen).toEqual(['a', 'b', 'c', 'd']);
});

test.each<{ by: LedgerKey; value: string; found: string[] }>([
  { by: 'id', value: 'n-2', found: ['n-2'] },
  { by: 'causeId', value: 'event-1', found: ['n-1', 'n-3'] },
  { by: 'subject', value: 'order-2', found: ['n-3', 'n-2'] },
  { by: 'customerId', value: 'kim', found: ['n-3', 'n-2'] },
  { by: 'customerId', value: 'event-1', found: [] },
  { by: 'id', value: 'n', found: [] },
])('by $by $value one finds $found, oldest first', async ({ by, value, found }) => {
  const { ledger } = await emptyDatastore();
  await ledger.open([
    anEntry('n-3', ['sms'], { causeId: 'event-1', subject: 'order-2', customerId: 'kim' }),
    anEntry('n-1', ['email'], { causeId: 'event-1', subject: 'order-1', customerId: 'lee' }),
    anEntry('n-2', ['email'], { causeId: 'event-2', subject: 'order-2', customerId: 'kim' }),
  ]);

  const entries = await ledger.find(by, value);

  expect(entries.map(({ notification }) => notification.id).sort()).toEqual([...found].sort());
  for (const { notification, deliveries } of entries) {
    expect(deliveries.map(({ notificationId }) => notificationId)).toEqual([notification.id]);
  }
  if (by === 'causeId') expect(entries.map(({ notification }) => notification.id)).toEqual(['n-3', 'n-1']);
});
