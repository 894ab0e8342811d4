import { expect, test } from 'vitest';
import { nothingConsumed } from '../../src/datastore/index.ts';
import { emptyDatastore } from '../support/a-datastore.ts';
import { eventMaker } from '../support/events.ts';
import { aDelivery, anEntry, deferred, requestedAtMs, sent } from '../support/records.ts';

const nobody = { subscribers: [], channels: ['email', 'sms'], nowMs: requestedAtMs, most: 100 };

test('messages wait that a subscriber has a use for and has not come to, of the one that has most', async () => {
  const datastore = await emptyDatastore();
  const { consumption, statistics } = datastore;
  const make = eventMaker();
  await consumption.enter('mailer');
  await consumption.enter('prices');
  const messages = [make.registered('kim'), make.priceChanged('helmet'), make.registered('lee')];
  await consumption.commit({ ...nothingConsumed, append: messages });
  const mailer = { name: 'mailer', types: ['CustomerRegistered'] };
  const load = (...subscribers: readonly { name: string; types: string[] | null }[]) =>
    statistics.load({ ...nobody, subscribers }).then((counted) => counted.messages);

  expect(await load(mailer, { name: 'prices', types: ['PriceChanged'] })).toBe(2);
  expect(await load({ name: 'prices', types: null })).toBe(3);
  expect(await load({ name: 'unknown', types: null })).toBe(0);

  const progress = [{ subscriber: 'mailer', position: 0, ahead: [3], passesAhead: false }];
  await consumption.commit({ ...nothingConsumed, progress });
  expect(await load(mailer)).toBe(1);
  await consumption.commit({
    ...nothingConsumed,
    progress: [{ subscriber: 'mailer', position: 3, ahead: [], passesAhead: true }],
  });
  expect(await load(mailer)).toBe(0);
});

test('deliveries wait that are in hand or due, and no others', async () => {
  const { ledger, statistics } = await emptyDatastore();
  const states = [
    aDelivery('n-1', 'email'),
    sent('n-2', 'email'),
    deferred('n-3', 'sms', requestedAtMs),
    deferred('n-4', 'sms', requestedAtMs + 1),
    deferred('n-5', 'email', requestedAtMs - 1),
  ];
  await ledger.open(states.map(({ notificationId, channel }) => anEntry(notificationId, [channel])));
  await ledger.record(states.slice(1), []);

  expect(await statistics.load(nobody)).toEqual({ messages: 0, deliveries: 3 });
});

test('no more is counted than is asked for', async () => {
  const { ledger, statistics, consumption } = await emptyDatastore();
  const make = eventMaker();
  await consumption.enter('mailer');
  const append = Array.from({ length: 20 }, () => make.registered('kim'));
  await consumption.commit({ ...nothingConsumed, append });
  await ledger.open(Array.from({ length: 20 }, (_, n) => anEntry(`n-${n}`, ['email'])));

  const subscribers = [{ name: 'mailer', types: null }];
  expect(await statistics.load({ ...nobody, subscribers, most: 7 })).toEqual({ messages: 7, deliveries: 7 });
});
