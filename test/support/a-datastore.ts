import { inject, onTestFinished } from 'vitest';
import { type Datastore, openDatastore, openDatastoreAt } from '../../src/datastore/index.ts';
import { asAdmin as askAsAdmin } from './as-admin.ts';
import { temporaryFile } from './temporary-file.ts';

/** Of the engine that these tests run on: SQLite in `npm test`, PostgreSQL in `npm run test:distributed`. */
const server = inject('postgres');

/** An empty datastore, which is closed when the test is over. */
export async function emptyDatastore(): Promise<Datastore> {
  return server === undefined ? openDatastore() : openPlace(await aPlace());
}

/** The same in memory. */
export function aDatastore(): Datastore {
  const datastore = openDatastore();
  onTestFinished(() => datastore.close());
  return datastore;
}

/** Where an empty datastore is, or will be when it is opened: a file, or the URL of a database. */
export async function aPlace(): Promise<string> {
  if (server === undefined) return temporaryFile('shop.db');
  const name = `shop_${process.pid}_${++places}`;
  await asAdmin(`create database ${name} template ${server.template}`);
  onTestFinished(async () => void (await asAdmin(`drop database ${name} with (force)`)));
  return server.url.replace(/\/[^/]*$/, `/${name}`);
}

/** Opens what is there; it is closed when the test is over. */
export async function openPlace(place: string): Promise<Datastore> {
  const datastore = await openDatastoreAt(place);
  onTestFinished(() => datastore.close());
  return datastore;
}

/** Whether several processes may share what is under test. */
export const hasServer = server !== undefined;

/** Of tries that each take a datastore of their own: on a server one takes a tenth of a second. */
export const tries = (onAFile: number): number => (hasServer ? Math.ceil(onAFile / 20) : onAFile);

let places = 0;

export const asAdmin = (sql: string, url = server?.url): Promise<Record<string, unknown>[]> =>
  askAsAdmin(sql, url);

/** What stands in the files of a database's tables and indexes. */
export async function tableFilesOf(url: string): Promise<Buffer> {
  await asAdmin('checkpoint', url);
  const rows = await asAdmin(
    `select pg_read_binary_file(pg_relation_filepath(oid)) as bytes from pg_class
     where relkind in ('r', 'i', 't') and relnamespace::regnamespace::text in ('notification_architectures', 'pg_toast')`,
    url,
  );
  return Buffer.concat(rows.map(({ bytes }) => bytes as Buffer));
}

declare module 'vitest' {
  interface ProvidedContext {
    /** Undefined where the tests run on SQLite. */
    postgres: { readonly url: string; readonly template: string } | undefined;
  }
}
