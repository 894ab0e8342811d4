import Database from 'libsql';
import { expect, test } from 'vitest';
import { DatastoreUnavailableError, openDatastore } from '../../src/datastore/index.ts';
import { aCustomer } from '../support/customers.ts';
import { rejectionOf } from '../support/rejection.ts';
import { temporaryFile } from '../support/temporary-file.ts';

test('a transaction that was refused does not keep the datastore from seeing what others write', async () => {
  const file = temporaryFile('shop.db');
  const datastore = openDatastore({ file, busyTimeoutMs: 1 });
  const other = new Database(file);
  other.exec('begin exclusive');
  expect(await rejectionOf(() => datastore.transaction(async () => {}))).toBeInstanceOf(
    DatastoreUnavailableError,
  );
  expect(await datastore.products.find('helmet')).toBeUndefined();

  other.exec("insert into product values ('helmet', 'Helmet', 3499, 'USD'); commit");

  expect(await datastore.products.find('helmet')).toMatchObject({ name: 'Helmet' });
  other.close();
  await datastore.close();
});

test('a write that was refused does not keep the datastore from committing what comes behind it', async () => {
  const file = temporaryFile('shop.db');
  const datastore = openDatastore({ file, busyTimeoutMs: 1 });
  const other = new Database(file);
  other.exec('begin exclusive');
  expect(await rejectionOf(() => datastore.customers.insert(aCustomer()))).toBeInstanceOf(
    DatastoreUnavailableError,
  );
  other.exec('rollback');

  await datastore.transaction(({ products }) =>
    products.insert({ id: 'helmet', name: 'Helmet', price: { amount: 3499, currency: 'USD' } }),
  );

  expect(await datastore.products.find('helmet')).toMatchObject({ name: 'Helmet' });
  expect(await datastore.customers.find('kim')).toBeUndefined();
  other.close();
  await datastore.close();
});

test('it can be worked with only while it takes writes', async () => {
  const file = temporaryFile('shop.db');
  const datastore = openDatastore({ file, busyTimeoutMs: 1 });
  const other = new Database(file);
  expect(await datastore.check()).toEqual([]);
  other.exec('begin exclusive');
  expect(await rejectionOf(() => datastore.check())).toBeInstanceOf(DatastoreUnavailableError);
  other.exec('rollback');
  expect(await datastore.check()).toEqual([]);
  other.close();
  await datastore.close();
});

test('a datastore is closed although another program keeps it locked', async () => {
  const file = temporaryFile('shop.db');
  const datastore = openDatastore({ file, busyTimeoutMs: 1 });
  await datastore.customers.insert(aCustomer());
  const other = new Database(file);
  other.exec('begin exclusive');
  await rejectionOf(() => datastore.transaction(async () => {}));
  await datastore.customers.find('kim');

  await datastore.close();

  other.exec('rollback');
  other.close();
  const again = openDatastore({ file });
  expect(await again.customers.find('kim')).toBeDefined();
  await again.close();
});
