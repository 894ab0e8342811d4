import { expect, test } from 'vitest';
import type { Customer, Datastore } from '../../src/datastore/index.ts';
import { emptyDatastore } from '../support/a-datastore.ts';

type Segment = Customer['segment'];

const add = ({ customers }: Datastore, id: string, segment: Segment): Promise<void> =>
  customers.insert({
    id,
    name: id,
    email: `${id}@example.com`,
    phone: null,
    addresses: {},
    segment,
    locale: 'en-GB',
    timeZone: 'Europe/London',
    preferences: {},
    quietHours: null,
  });

const happens = ({ eventLog }: Datastore, id: string, type: string, subject: string): Promise<void> =>
  eventLog.append([
    {
      id,
      type,
      source: '/services/accounts',
      subject,
      // All at the same moment: time decides nothing.
      time: '2026-03-02T10:00:00.000Z',
      correlationId: id,
      causationId: id,
      schemaVersion: 1,
      data: {},
    },
  ]);

const whole = { afterCustomerId: '', limit: 10 };

test('those in one of the segments are found in order, page by page', async () => {
  const shop = await emptyDatastore();
  const segments = ['gold', 'standard', 'platinum', 'gold', 'silver'] as const;
  for (const [index, segment] of segments.entries()) await add(shop, `c${5 - index}`, segment);
  const { customers } = shop;

  expect(await customers.inSegments(['gold', 'platinum'], whole)).toEqual(['c2', 'c3', 'c5']);
  expect(await customers.inSegments(['gold', 'platinum'], { afterCustomerId: '', limit: 2 })).toEqual([
    'c2',
    'c3',
  ]);
  expect(await customers.inSegments(['gold', 'platinum'], { afterCustomerId: 'c3', limit: 2 })).toEqual([
    'c5',
  ]);
  expect(await customers.inSegments(['silver'], whole)).toEqual(['c1']);
});

test('who registered after the event was not there; who was in the shop before its log began was', async () => {
  const shop = await emptyDatastore();
  await add(shop, 'ancient', 'gold');
  await add(shop, 'early', 'gold');
  await happens(shop, 'e-1', 'CustomerRegistered', 'early');
  await happens(shop, 'e-2', 'PromotionActivated', 'spring');
  await add(shop, 'late', 'gold');
  await happens(shop, 'e-3', 'CustomerRegistered', 'late');
  await happens(shop, 'e-4', 'ContactChanged', 'early');
  const { customers } = shop;

  expect(await customers.inSegments(['gold'], { ...whole, atEvent: 'e-2' })).toEqual(['ancient', 'early']);
  expect(await customers.inSegments(['gold'], { ...whole, atEvent: 'of nobody knows where' })).toEqual([
    'ancient',
    'early',
    'late',
  ]);
});

test('who was erased is in no segment any more', async () => {
  const shop = await emptyDatastore();
  await add(shop, 'gone', 'gold');
  await shop.customers.erase('gone', 0);

  for (const segment of ['standard', 'silver', 'gold', 'platinum'] as const) {
    expect(await shop.customers.inSegments([segment], whole)).toEqual([]);
  }
});
