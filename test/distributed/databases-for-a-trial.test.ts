import { expect, inject, onTestFinished, test } from 'vitest';
import {
  beginScratch,
  dropScratch,
  endScratch,
  makeScratch,
  openDatastoreAt,
  type ScratchRun,
} from '../../src/datastore/index.ts';
import { asAdmin } from '../support/a-datastore.ts';
import { startServer } from './server.ts';

const url = inject('postgres')?.url ?? '';

async function begun(): Promise<ScratchRun> {
  const run = await beginScratch(url);
  onTestFinished(() => endScratch(run));
  return run;
}

const databases = async (name: string, at = url): Promise<number> =>
  (await asAdmin(`select datname from pg_database where starts_with(datname, '${name}')`, at)).length;

test('each database is empty, and no other knows of it', async () => {
  const run = await begun();
  const [one, other] = [
    await openDatastoreAt(await makeScratch(run)),
    await openDatastoreAt(await makeScratch(run)),
  ];

  await one.products.insert({ id: 'helmet', name: 'Helmet', price: { amount: 1, currency: 'USD' } });

  expect(await one.isEmpty()).toBe(false);
  expect(await other.isEmpty()).toBe(true);
  expect(run.server).toMatch(/^PostgreSQL \d+/);
  await Promise.all([one.close(), other.close()]);
});

test('one is taken away with whoever is in it, and all of a trial at its end', async () => {
  const run = await begun();
  const [one] = [await makeScratch(run), await makeScratch(run)];
  const datastore = await openDatastoreAt(one);
  // Its session is there from now on.
  expect(await datastore.isEmpty()).toBe(true);
  expect(await databases(run.name)).toBe(3);

  await dropScratch(run, one);
  expect(await databases(run.name)).toBe(2);
  await expect(datastore.isEmpty()).rejects.toThrow();
  await datastore.close();

  await endScratch(run);
  expect(await databases(run.name)).toBe(0);
});

test('whoever is at making one when it ends leaves none', async () => {
  const run = await begun();
  const making = Array.from({ length: 6 }, () => makeScratch(run));
  const settled = Promise.allSettled(making);

  await endScratch(run);
  await settled;

  expect(await databases(run.name)).toBe(0);
});

test('the database that is named is left alone', async () => {
  const run = await begun();
  await makeScratch(run);

  const rows = await asAdmin(
    `select nspname from pg_namespace where nspname = 'notification_architectures'`,
    url,
  );
  expect(rows).toEqual([]);
});

test('who may make no databases is told what is missing, and nothing is left', async () => {
  await asAdmin('create role poor login');
  onTestFinished(async () => void (await asAdmin('drop role poor')));

  await expect(beginScratch(url.replace('shop@', 'poor@'))).rejects.toMatchObject({
    message: expect.stringContaining('permission denied to create database'),
    help: expect.stringContaining('createdb'),
  });
});

test('a wrong password is said without it', async () => {
  const server = await startServer({ auth: 'scram-sha-256', password: 'right' });
  onTestFinished(() => server.remove());

  const refused = beginScratch(server.url.replace('shop@', 'shop:secret@'));

  await expect(refused).rejects.toMatchObject({ help: expect.stringContaining('Check the user') });
  await expect(refused).rejects.not.toMatchObject({ message: expect.stringContaining('secret') });
  expect(await databases('notification_', server.url.replace('shop@', 'shop:right@'))).toBe(0);
});
