import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, inject, onTestFinished, test } from 'vitest';
import { isServer, openDatastoreAt, shownPlace } from '../../src/datastore/index.ts';
import { readAddress } from '../../src/datastore/postgres/address.ts';
import { refuseServer } from '../../src/datastore/postgres/migrate.ts';
import { migrations } from '../../src/datastore/postgres/schema.ts';
import { InputError } from '../../src/kernel/index.ts';
import { aPlace, asAdmin } from '../support/a-datastore.ts';
import { rejectionOf } from '../support/rejection.ts';
import { startServer } from './server.ts';

const server = inject('postgres')?.url ?? '';
const withPassword = (url: string): string => url.replace('shop@', 'shop:s3cret@');

async function refusal(url: string, access: 'make' | 'change' | 'read' = 'make'): Promise<string> {
  const thrown = await rejectionOf(() => openDatastoreAt(url, access));
  expect(thrown).toBeInstanceOf(InputError);
  const { message, help } = thrown as InputError;
  expect(`${message} ${help}`).not.toContain('s3cret');
  expect(message).not.toContain('\n');
  return `${message}. ${help}`;
}

test.each([
  ['postgres://shop:s3cret@/shop', /is no URL/],
  ['postgres://shop:s3cret@localhost', /names no database/],
  ['postgres://shop:s3cret@localhost:543210/shop', /is no URL/],
  ['postgres://shop:s3/cret@localhost/shop', /names no database|is no URL/],
  ['postgres://shop:s3cret@localhost/shop?sslmod=require', /"sslmod" is none of host, sslmode/],
  ['postgres://shop:s3cret@localhost/shop?sslmode=maybe', /"maybe" is none of disable, require/],
  [
    'postgres://shop:s3cret@localhost/shop?sslmode=verify-full&sslrootcert=/none',
    /sslrootcert cannot be read/,
  ],
  ['postgers://shop:s3cret@localhost/shop', /neither a file nor postgres/],
  ['postgres:/shop:s3cret@localhost/shop', /neither a file nor postgres/],
  ['mysql://shop:s3cret@localhost/shop', /neither a file nor postgres/],
])('%s is refused, and the password is not repeated', async (url, why) => {
  expect(await refusal(url)).toMatch(why);
});

test('where nobody listens, it says so', async () => {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as { port: number };
  probe.close();
  await once(probe, 'close');

  expect(await refusal(`postgres://shop:s3cret@127.0.0.1:${port}/shop`)).toMatch(
    /ECONNREFUSED.*the server is up/,
  );
});

test('a database that is not there is not made', async () => {
  expect(await refusal(withPassword(server).replace(/[^/]*$/, 'nowhere'))).toMatch(
    /"nowhere" does not exist.*create database/,
  );
});

test('a user that is not there is refused', async () => {
  expect(await refusal(server.replace('shop@', 'nobody:s3cret@'))).toMatch(
    /"nobody" does not exist.*PGPASSWORD/,
  );
});

test('a server without TLS is not spoken to in the clear when TLS was asked for', async () => {
  expect(await refusal(`${withPassword(server)}?sslmode=require`)).toMatch(/does not support SSL/);
});

test('a password that is wrong, or missing, is refused', async () => {
  const guarded = await startServer({ auth: 'scram-sha-256', password: 'open sesame' });
  onTestFinished(() => guarded.remove());
  const { url } = guarded;

  expect(await refusal(withPassword(url))).toMatch(/password authentication failed.*PGPASSWORD/);
  expect(await refusal(url)).toMatch(/password must be a string.*|no password.*/i);
  const datastore = await openDatastoreAt(url.replace('shop@', 'shop:open%20sesame@'));
  await datastore.close();
});

test('a database that takes no writes is refused by who is to write, and read by who only reads', async () => {
  const place = await aPlace();
  const name = place.replace(/.*\//, '');
  await asAdmin(`alter database ${name} set default_transaction_read_only = on`);

  expect(await refusal(place)).toMatch(/takes no writes.*primary server.*default_transaction_read_only/);
  expect(await refusal(place, 'change')).toMatch(/takes no writes/);
  await (await openDatastoreAt(place, 'read')).close();
});

test('while it runs a database that takes no writes any more, or has a schema that is two steps newer, is of no use', async () => {
  const place = await aPlace();
  const datastore = await openDatastoreAt(place);
  onTestFinished(() => datastore.close());
  expect(await datastore.check()).toEqual([expect.stringMatching(/^fsync is off: /)]);

  await asAdmin('update notification_architectures.schema_version set version = version + 2', place);
  await expect(datastore.check()).rejects.toMatchObject({
    code: 'datastore_unavailable',
    message: expect.stringContaining('too new for'),
  });
  await asAdmin('update notification_architectures.schema_version set version = version - 2', place);
  expect(await datastore.check()).toHaveLength(1);

  const reading = await openDatastoreAt(place, 'read');
  onTestFinished(() => reading.close());
  await expect(reading.check()).rejects.toMatchObject({
    message: expect.stringContaining('takes no writes'),
  });
});

test('a schema that is newer than the program is refused, and left as it is', async () => {
  const place = await aPlace();
  await asAdmin(
    `update notification_architectures.schema_version set version = ${migrations.length + 1}`,
    place,
  );

  expect(await refusal(place, 'read')).toMatch(/schema version 2 is newer than 1.*Update this program/);

  const [row] = await asAdmin('select version from notification_architectures.schema_version', place);
  expect(row).toEqual({ version: String(migrations.length + 1) });
});

test('where nothing was kept, nothing is made to be read', async () => {
  const place = await aPlace();
  await asAdmin('drop schema notification_architectures cascade', place);

  expect(await refusal(place, 'read')).toMatch(/there is no shop in it/);
  expect(await refusal(place, 'change')).toMatch(/there is no shop in it/);

  expect(
    await asAdmin("select 1 from pg_namespace where nspname = 'notification_architectures'", place),
  ).toEqual([]);
});

test('tables of others in the same database are left alone', async () => {
  const place = await aPlace();
  await asAdmin('drop schema notification_architectures cascade', place);
  await asAdmin('create table customer (theirs text)', place);

  const datastore = await openDatastoreAt(place);
  onTestFinished(() => datastore.close());

  expect(await datastore.isEmpty()).toBe(true);
  expect(await asAdmin('select * from public.customer', place)).toEqual([]);
});

test('several programs that begin at once make the tables once', async () => {
  const place = await aPlace();
  await asAdmin('drop schema notification_architectures cascade', place);

  const opened = await Promise.all([openDatastoreAt(place), openDatastoreAt(place), openDatastoreAt(place)]);

  for (const datastore of opened) expect(await datastore.isEmpty()).toBe(true);
  await Promise.all(opened.map((datastore) => datastore.close()));
});

test('an old server, or one of another encoding, is refused', () => {
  const address = readAddress('postgres://shop:s3cret@localhost/shop');

  expect(() => refuseServer({ version: 130_014, encoding: 'UTF8' }, address)).toThrow(
    /PostgreSQL 13, older than 14/,
  );
  expect(() => refuseServer({ version: 150_018, encoding: 'LATIN1' }, address)).toThrow(/encoding is LATIN1/);
  expect(() => refuseServer({ version: 140_000, encoding: 'UTF8' }, address)).not.toThrow();
});

test('who only reads cannot write', async () => {
  const place = await aPlace();
  const datastore = await openDatastoreAt(place, 'read');
  onTestFinished(() => datastore.close());

  const write = datastore.suppressions.add({ address: 'kim@example.com', reason: 'bounced', sinceMs: 0 });

  await expect(write).rejects.toMatchObject({ code: 'datastore_unavailable', help: /primary/ });
});

test('what is said to people leaves the password out, whatever it is made of', () => {
  expect(shownPlace('postgres://shop:a@b:c/d@host:5432/shop')).toBe('postgres://shop@host:5432/shop');
  expect(shownPlace('postgres://shop@host/shop')).toBe('postgres://shop@host/shop');
  expect(shownPlace('shop@home.db')).toBe('shop@home.db');
  expect(isServer('shop.db') || isServer('./a:b/shop.db') || isServer(':memory:')).toBe(false);
  expect(isServer('postgresql://host/shop')).toBe(true);
});
