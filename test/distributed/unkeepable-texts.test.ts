import { expect, test } from 'vitest';
import { nothingConsumed } from '../../src/datastore/index.ts';
import { aPlace, openPlace } from '../support/a-datastore.ts';
import { aCustomer } from '../support/customers.ts';
import { eventMaker } from '../support/events.ts';
import { anEntry } from '../support/records.ts';

test('what no text of PostgreSQL can hold is replaced, in columns and in JSON, and stands in nobody’s way', async () => {
  const datastore = await openPlace(await aPlace());
  const unkeepable = 'a\u0000b \ud83d c';
  const kept = 'a\ufffdb \ufffd c';
  const message = eventMaker().registered('kim');
  const odd = { ...message, data: { customerId: 'kim', profile: { name: unkeepable } } } as never;
  const entry = anEntry('n-1', ['email']);

  await datastore.customers.insert(aCustomer({ name: unkeepable }));
  await datastore.consumption.commit({ ...nothingConsumed, append: [odd] });
  await datastore.ledger.open([
    { ...entry, notification: { ...entry.notification, variables: { said: unkeepable } } },
  ]);
  await datastore.transaction(({ customers }) => customers.erase('lee', 1));

  expect((await datastore.customers.find('kim'))?.name).toBe(kept);
  expect(JSON.stringify((await datastore.eventLog.find(message.id))?.data)).toContain(kept);
  expect((await datastore.ledger.find('id', 'n-1'))[0]?.notification.variables).toEqual({ said: kept });
});

test('other texts are kept to the letter', async () => {
  const datastore = await openPlace(await aPlace());
  const name = 'Ünïcødé 😀 "quoted" \\u00e9 \\ \n\t $1 ? \' --';

  await datastore.customers.insert(aCustomer({ name }));

  expect((await datastore.customers.find('kim'))?.name).toBe(name);
});

test('what a notification says is kept in its order', async () => {
  const { ledger } = await openPlace(await aPlace());
  const entry = anEntry('n-1', ['email']);
  const variables = { zebra: 'é \\u00e9', ant: { z: 1, a: [2.5, null] }, b: 10_000_000_000_000 };

  await ledger.open([{ ...entry, notification: { ...entry.notification, variables } }]);

  const [found] = await ledger.find('id', 'n-1');
  expect(JSON.stringify(found?.notification.variables)).toBe(JSON.stringify(variables));
});
