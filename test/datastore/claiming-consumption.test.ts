import { readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { AlreadyConsumedError, openDatastore } from '../../src/datastore/index.ts';
import { aCustomer } from '../support/customers.ts';
import { rejectionOf } from '../support/rejection.ts';
import { temporaryFile } from '../support/temporary-file.ts';

test('a file is claimed by one datastore at a time, until the claim is given back', async () => {
  const file = temporaryFile('shop.db');
  const [one, other] = [openDatastore({ file }), openDatastore({ file })];

  const release = await one.claimConsumption();
  const refused = await rejectionOf(() => other.claimConsumption());
  expect(refused).toBeInstanceOf(AlreadyConsumedError);
  expect(refused).toMatchObject({ file, message: `"${file}" is being consumed already` });

  release();
  await expect(other.claimConsumption()).resolves.toBeTypeOf('function');
});

test('workers that share a datastore may all claim it, and it is free when the last has given it back', async () => {
  const file = temporaryFile('shop.db');
  const [datastore, other] = [openDatastore({ file }), openDatastore({ file })];
  const [first, second] = [await datastore.claimConsumption(), await datastore.claimConsumption()];

  first();
  first();
  await expect(other.claimConsumption()).rejects.toThrow(AlreadyConsumedError);

  second();
  await expect(other.claimConsumption()).resolves.toBeTypeOf('function');
});

test('memory is claimed by itself alone', async () => {
  await openDatastore().claimConsumption();

  await expect(openDatastore().claimConsumption()).resolves.toBeTypeOf('function');
});

test('closing the datastore gives the claim back', async () => {
  const file = temporaryFile('shop.db');
  const one = openDatastore({ file });
  await one.claimConsumption();

  await one.close();

  await expect(openDatastore({ file }).claimConsumption()).resolves.toBeTypeOf('function');
});

test('a file by another name is the same file', async () => {
  const file = temporaryFile('shop.db');
  const one = openDatastore({ file });
  const link = join(dirname(file), 'link.db');
  symlinkSync(file, link);
  await one.claimConsumption();

  await expect(openDatastore({ file: link }).claimConsumption()).rejects.toThrow(AlreadyConsumedError);
});

test('a claim hinders nobody from reading and writing', async () => {
  const file = temporaryFile('shop.db');
  await openDatastore({ file }).claimConsumption();
  const other = openDatastore({ file, busyTimeoutMs: 1 });

  await other.customers.insert(aCustomer());

  expect(await other.customers.find('kim')).toBeDefined();
});

const claimFilesBeside = (file: string): string[] =>
  readdirSync(dirname(file)).filter((name) => name.includes('consumer'));

test('a claim stands beside the file as long as it is held', async () => {
  const file = temporaryFile('shop.db');
  const datastore = openDatastore({ file });
  expect(claimFilesBeside(file)).toEqual([]);

  const release = await datastore.claimConsumption();
  expect(claimFilesBeside(file)).toContain('shop.db-consumer');

  release();
  expect(claimFilesBeside(file)).toEqual([]);
  await datastore.close();
});

test('what a killed process left of its claim holds nobody up, and goes with the next one', async () => {
  const file = temporaryFile('shop.db');
  const datastore = openDatastore({ file });
  writeFileSync(`${file}-consumer`, '');

  (await datastore.claimConsumption())();

  expect(claimFilesBeside(file)).toEqual([]);
  await datastore.close();
});

test('giving back a claim leaves that of the next holder alone', async () => {
  const file = temporaryFile('shop.db');
  const [one, two, three] = [openDatastore({ file }), openDatastore({ file }), openDatastore({ file })];
  const release = await one.claimConsumption();
  release();
  await two.claimConsumption();

  release();
  await one.close();

  await expect(three.claimConsumption()).rejects.toThrow(AlreadyConsumedError);
});
