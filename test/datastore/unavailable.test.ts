import Database from 'libsql';
import { expect, test } from 'vitest';
import { DatastoreUnavailableError, openDatastore } from '../../src/datastore/index.ts';
import { datastoreOn } from '../../src/datastore/open.ts';
import { select } from '../../src/datastore/query.ts';
import { openSqlite } from '../../src/datastore/sqlite.ts';
import { aCustomer } from '../support/customers.ts';
import { rejectionOf } from '../support/rejection.ts';
import { temporaryFile } from '../support/temporary-file.ts';

test('a file that another program writes to for too long is unavailable, with the hint to wait', async () => {
  const file = temporaryFile('shop.db');
  const datastore = openDatastore({ file, busyTimeoutMs: 1 });
  const other = new Database(file);
  other.exec('begin exclusive');

  const refused = await rejectionOf(() => datastore.customers.insert(aCustomer()));

  expect(refused).toBeInstanceOf(DatastoreUnavailableError);
  expect(refused).toMatchObject({
    code: 'datastore_unavailable',
    message: 'the datastore is unavailable: database is locked',
    help: 'Another program is writing to it; try again when that has finished.',
    cause: { code: 'SQLITE_BUSY' },
  });
  other.exec('rollback');
  await datastore.customers.insert(aCustomer());
});

test('a transaction on a locked file is refused before its work begins', async () => {
  const file = temporaryFile('shop.db');
  const datastore = openDatastore({ file, busyTimeoutMs: 1 });
  const other = new Database(file);
  other.exec('begin exclusive');
  let hasBegun = false;

  const attempt = datastore.transaction(async () => {
    hasBegun = true;
  });

  await expect(attempt).rejects.toThrow(DatastoreUnavailableError);
  expect(hasBegun).toBe(false);
  other.exec('rollback');
  await datastore.transaction((stores) => stores.customers.insert(aCustomer()));
});

test('a transaction that has read may write, though another program wanted to write in between', async () => {
  const file = temporaryFile('shop.db');
  const [one, other] = [openDatastore({ file }), openDatastore({ file, busyTimeoutMs: 1 })];
  let refused: unknown;

  await one.transaction(async (stores) => {
    await stores.customers.find('kim');
    refused = await rejectionOf(() => other.customers.insert(aCustomer({ id: 'lee' })));
    await stores.customers.insert(aCustomer({ id: 'kim' }));
  });

  expect(refused).toBeInstanceOf(DatastoreUnavailableError);
  expect(await other.customers.find('kim')).toBeDefined();
});

test('a full file says so, keeps nothing of the transaction, and goes on when there is room', async () => {
  const file = temporaryFile('shop.db');
  const db = openSqlite(file);
  const datastore = datastoreOn(db, file);
  const insertMany = (): Promise<void> =>
    datastore.transaction(async (stores) => {
      for (let index = 0; index < 500; index++)
        await stores.customers.insert(aCustomer({ id: `customer-${index}` }));
    });
  await select(db, 'pragma max_page_count = 1');

  expect(await rejectionOf(insertMany)).toMatchObject({
    code: 'datastore_unavailable',
    message: 'the datastore is unavailable: database or disk is full',
    help: 'Make room on its disk, then try again.',
  });
  expect(await datastore.isEmpty()).toBe(true);

  await select(db, 'pragma max_page_count = 1000000');
  await insertMany();
  expect(await datastore.customers.find('customer-499')).toBeDefined();
  await datastore.close();
});

test('a file that must not be written says so', async () => {
  const db = openSqlite(temporaryFile('shop.db'));
  await select(db, 'pragma query_only = 1');

  const refused = await rejectionOf(() => datastoreOn(db, ':memory:').customers.insert(aCustomer()));

  expect(refused).toMatchObject({
    code: 'datastore_unavailable',
    help: 'Give this program the right to write to it, then try again.',
  });
  await db.close();
});

test('a statement that is wrong is no matter of availability', async () => {
  const datastore = openDatastore();
  await datastore.customers.insert(aCustomer());

  const refused = await rejectionOf(() => datastore.customers.insert(aCustomer()));

  expect(refused).not.toBeInstanceOf(DatastoreUnavailableError);
  expect(refused).toMatchObject({ code: 'SQLITE_CONSTRAINT_PRIMARYKEY' });
});
