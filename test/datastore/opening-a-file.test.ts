import { copyFileSync, statSync } from 'node:fs';
import Database from 'libsql';
import { expect, test } from 'vitest';
import { openDatastore } from '../../src/datastore/index.ts';
import { migrations } from '../../src/datastore/migrations.ts';
import { select } from '../../src/datastore/query.ts';
import { openSqlite } from '../../src/datastore/sqlite.ts';
import { aCustomer } from '../support/customers.ts';
import { temporaryFile } from '../support/temporary-file.ts';

test('a new file is made, with the schema of this program, and is empty', async () => {
  const file = temporaryFile('shop.db');

  const datastore = openDatastore({ file });
  expect(await datastore.isEmpty()).toBe(true);
  await datastore.close();

  const raw = new Database(file);
  expect(raw.pragma('user_version')).toEqual([{ user_version: migrations.length }]);
  raw.close();
});

test('what was stored is there when the file is opened again', async () => {
  const file = temporaryFile('shop.db');
  const first = openDatastore({ file });
  await first.customers.insert(aCustomer());
  await first.close();

  const second = openDatastore({ file });

  expect(await second.customers.find('kim')).toEqual(aCustomer());
  expect(await second.isEmpty()).toBe(false);
  await second.close();
});

test('the file alone holds everything once it is closed: its log is empty', async () => {
  const file = temporaryFile('shop.db');
  const datastore = openDatastore({ file });
  await datastore.customers.insert(aCustomer());
  expect(statSync(`${file}-wal`).size).toBeGreaterThan(0);

  await datastore.close();

  expect(statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0).toBe(0);
});

test('each new datastore of a process has the schema that the migrations lead to, one after the other', async () => {
  const migrated = new Database(':memory:');
  for (const step of migrations) typeof step === 'string' ? migrated.exec(step) : step(migrated);
  const everything = 'select type, name, tbl_name, sql from sqlite_schema order by type, name';
  const expected = migrated.prepare(everything).all() as { type: string; name: string }[];
  const tables = expected.filter(({ type }) => type === 'table').map(({ name }) => name);
  for (const name of tables) expect(migrated.prepare(`select * from "${name}"`).all(), name).toEqual([]);
  migrated.close();

  for (const _ of ['the first, or one after another test', 'a second, by what the first was']) {
    const db = openSqlite(':memory:');
    expect(await select(db, everything)).toEqual(expected);
    await db.close();
  }
  expect(expected.length).toBeGreaterThan(30);
});

test('opening a file again changes nothing of its schema', async () => {
  const file = temporaryFile('shop.db');
  const schemaOf = async (): Promise<unknown> => {
    const db = openSqlite(file);
    const schema = await select(db, 'select name, sql from sqlite_master order by name');
    await db.close();
    return schema;
  };

  const fresh = await schemaOf();

  expect(await schemaOf()).toEqual(fresh);
  expect(fresh).toContainEqual(expect.objectContaining({ name: 'delivery' }));
});

test('after closing, the file alone holds everything, without its companions', async () => {
  const [file, copy] = [temporaryFile('shop.db'), temporaryFile('copy.db')];
  const datastore = openDatastore({ file });
  await datastore.customers.insert(aCustomer());
  await datastore.close();

  copyFileSync(file, copy);

  const copied = openDatastore({ file: copy });
  expect(await copied.customers.find('kim')).toEqual(aCustomer());
  await copied.close();
});

test('memory is empty every time', async () => {
  const first = openDatastore();
  await first.customers.insert(aCustomer());

  expect(await openDatastore().isEmpty()).toBe(true);
});

test('a file survives a power cut, and waits for another writer', async () => {
  const db = openSqlite(temporaryFile('shop.db'));
  const pragma = async (name: string): Promise<unknown> =>
    Object.values((await select<object>(db, `pragma ${name}`))[0] ?? {})[0];

  expect(await pragma('journal_mode')).toBe('wal');
  expect(await pragma('synchronous')).toBe(2); // full
  expect(await pragma('busy_timeout')).toBe(5000);
  await db.close();
});

test('two datastores on one file see what the other has committed', async () => {
  const file = temporaryFile('shop.db');
  const [one, other] = [openDatastore({ file }), openDatastore({ file })];

  await one.customers.insert(aCustomer());

  expect(await other.customers.find('kim')).toEqual(aCustomer());
  await one.close();
  await other.close();
});

test('closing twice is no trouble, and a closed datastore answers nothing', async () => {
  const datastore = openDatastore();

  await Promise.all([datastore.close(), datastore.close()]);
  await datastore.close();

  await expect(datastore.isEmpty()).rejects.toThrow();
});

test('what waited for the stage that was called intake waits for translate', async () => {
  const file = temporaryFile('shop.db');
  const place = migrations.findIndex((step) => typeof step === 'string' && step.includes('pipeline.intake'));
  const older = new Database(file);
  const before = migrations.slice(0, place).filter((step) => typeof step === 'string');
  older.exec(before.join(';'));
  older.exec(`
    insert into subscription values ('pipeline.intake', 7), ('pipeline.audit', 9);
    insert into handled_ahead values ('pipeline.intake', 9);
    insert into message_retry values ('pipeline.intake', 8, 1, 0, 0);
    pragma application_id = ${0x6e6f7469}; pragma user_version = ${place}`);
  older.close();

  const { consumption, close } = openDatastore({ file });

  expect(await consumption.checkpoint('pipeline.intake')).toBeUndefined();
  expect(await consumption.checkpoint('pipeline.translate')).toMatchObject({ position: 7 });
  expect(await consumption.checkpoint('pipeline.audit')).toMatchObject({ position: 9 });
  expect(await consumption.nextDueMs('pipeline.translate', -1)).toBe(0);
  await close();
});
