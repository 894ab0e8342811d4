import { expect, onTestFinished, test } from 'vitest';
import { type Datastore, nothingConsumed } from '../../src/datastore/index.ts';
import { openPostgres } from '../../src/datastore/postgres/open.ts';
import { aPlace, asAdmin } from '../support/a-datastore.ts';
import { aCustomer } from '../support/customers.ts';
import { anEntry } from '../support/records.ts';

const longestMs = 800;
const slowMs = 1100;

/** Where a statement may take 0.8 s, and one that reads this table takes 1.1, as if a million rows were in it. */
async function withManyRowsIn(
  table: string,
  stock: (datastore: Datastore) => Promise<void>,
): Promise<Datastore> {
  const place = await aPlace();
  const datastore = await openPostgres(place, { statementTimeoutMs: longestMs });
  onTestFinished(() => datastore.close());
  await stock(datastore);
  const name = `notification_architectures.${table}`;
  await asAdmin(`alter table ${name} rename to ${table}_itself`, place);
  const slowly = `(select pg_sleep(${slowMs / 1000})) is not null`;
  await asAdmin(`create view ${name} as select * from ${name}_itself where ${slowly}`, place);
  return datastore;
}

const erase = (datastore: Datastore): Promise<void> =>
  datastore.transaction(({ customers }) => customers.erase('kim', 1));

test('a customer is erased, however long it takes to look through the log', async () => {
  const datastore = await withManyRowsIn('event_log', ({ customers }) => customers.insert(aCustomer()));

  await erase(datastore);

  expect(await datastore.customers.find('kim')).toMatchObject({ name: '', erasedAtMs: 1 });
});

test('what is no part of an erasure has its limit again behind it', async () => {
  const datastore = await withManyRowsIn('event_log', ({ customers }) => customers.insert(aCustomer()));
  await erase(datastore);

  const asked = datastore.transaction(({ eventLog }) => eventLog.find('any'));

  await expect(asked).rejects.toMatchObject({ code: 'datastore_unavailable' });
});

test('a subscriber is sent back to the beginning, however many dead letters there are', async () => {
  const { consumption } = await withManyRowsIn('dead_message', async ({ consumption: stocked }) => {
    await stocked.enter('mailer');
    const progress = [{ subscriber: 'mailer', position: 7, ahead: [], passesAhead: false }];
    await stocked.commit({ ...nothingConsumed, progress });
  });

  await consumption.rewind('mailer', 1);

  expect(await consumption.checkpoint('mailer')).toMatchObject({ position: 0 });
});

test('deliveries are counted, however many there are, and whoever asks how much waits does not wait for that', async () => {
  const { statistics } = await withManyRowsIn('delivery_failure', async ({ ledger }) => {
    await ledger.open([anEntry('n-1', ['email'])]);
  });
  let isCounted = false;

  const counting = statistics.deliveries().finally(() => {
    isCounted = true;
  });
  const asked = { subscribers: [], channels: ['email'], nowMs: 0, most: 10 };
  const load = await statistics.load(asked);

  expect(isCounted).toBe(false);
  expect(load).toEqual({ messages: 0, deliveries: 1 });
  expect((await counting).groups).toMatchObject([{ channel: 'email', status: 'pending', count: 1 }]);
});

test('of a projection with thousands of rows all are dropped, some at a time', async () => {
  const place = await aPlace();
  const datastore = await openPostgres(place);
  onTestFinished(() => datastore.close());
  const { projections } = datastore;
  const [one, other] = [await projections.begin('orders', 1), await projections.begin('orders', 2)];
  const rows = `insert into notification_architectures.projection_row
    select ${one.id}, 'key-' || nr, '1' from generate_series(1, 12000) as nr`;
  await asAdmin(rows, place);
  await projections.write(other.id, new Map([['kept', '1']]));
  // So many at a time at most.
  const most = `create function few() returns trigger language plpgsql as $$ begin
      if (select count(*) from gone) > 5000 then raise exception 'too many at once'; end if;
      return null;
    end $$;
    create trigger few after delete on notification_architectures.projection_row
    referencing old table as gone for each statement execute function few()`;
  await asAdmin(most, place);

  await projections.drop(one.id);

  expect(await projections.page(one.id, { after: '', limit: 10 })).toEqual([]);
  expect(await projections.builds('orders')).toEqual([other]);
  expect(await projections.row(other.id, 'kept')).toBe('1');
});
