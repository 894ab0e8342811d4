import { expect, test } from 'vitest';
import { eventLog } from '../../src/datastore/event-log.ts';
import { nothingConsumed } from '../../src/datastore/index.ts';
import { emptyDatastore } from '../support/a-datastore.ts';
import { eventMaker } from '../support/events.ts';
import { queryPlanOf } from '../support/query-plan.ts';

test('a message is found as it was appended', async () => {
  const datastore = await emptyDatastore();
  const placed = eventMaker().orderPlaced('order-1');
  const message = {
    ...placed,
    data: { ...placed.data, note: 'Größe 王 🚲', list: [1, 2.5, -0.1, null, true] },
  };

  await datastore.eventLog.append([message]);

  expect(await datastore.eventLog.find(message.id)).toEqual(message);
  expect(await datastore.eventLog.find('unknown')).toBeUndefined();
  expect(await datastore.isEmpty()).toBe(false);
});

test('a log of one subject is in the order of appending', async () => {
  const datastore = await emptyDatastore();
  const make = eventMaker();
  const [first, other, second, third] = ['kim', 'lee', 'kim', 'kim'].map(make.registered);
  if (!first || !other || !second || !third) throw new Error('four were made');

  await datastore.eventLog.append([second, other]);
  await datastore.eventLog.append([third, first]);

  expect(await datastore.eventLog.about('kim')).toEqual([second, third, first]);
  expect(await datastore.eventLog.about('nobody')).toEqual([]);
});

test('a message is logged once, and the first stands', async () => {
  const datastore = await emptyDatastore();
  const make = eventMaker();
  const [kim, lee] = [make.registered('kim'), make.registered('lee')];

  await datastore.eventLog.append([kim, kim]);
  await datastore.eventLog.append([{ ...kim, data: { customerId: 'changed' } }, lee]);

  expect(await datastore.eventLog.about('kim')).toEqual([kim]);
  expect(await datastore.eventLog.about('lee')).toEqual([lee]);
});

test.each([1, 2, 7, 65, 300])(
  'of %i that are appended at once, each has its place in their order',
  async (count) => {
    const datastore = await emptyDatastore();
    const make = eventMaker();
    const messages = Array.from({ length: count }, (_, index) => make.registered(`customer-${index}`));

    const { positions } = await datastore.consumption.commit({ ...nothingConsumed, append: messages });

    expect(positions).toEqual(messages.map((_, index) => (positions[0] ?? 0) + index));
    const [after, upTo] = [0, positions.at(-1) ?? 0];
    const stretch = { subscriber: 'reader', types: null, after, upTo, skipHandled: false };
    expect((await datastore.consumption.read(stretch)).map(({ message }) => message)).toEqual(messages);
  },
);

test('appending nothing is no trouble', async () => {
  const datastore = await emptyDatastore();

  await datastore.eventLog.append([]);

  expect(await datastore.isEmpty()).toBe(true);
});

test('what is about one entity is read from an index, in order without sorting', async () => {
  const plan = await queryPlanOf((db) => eventLog(db).about('kim'));

  expect(plan).toEqual(['SEARCH event_log USING INDEX event_log_by_subject (subject=?)']);
});
