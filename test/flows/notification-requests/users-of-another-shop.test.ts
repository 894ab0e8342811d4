import { expect, test } from 'vitest';
import { openDatastore } from '../../../src/datastore/index.ts';
import { aCustomer } from '../../support/customers.ts';
import { rejectionOf } from '../../support/rejection.ts';
import { temporaryFile } from '../../support/temporary-file.ts';
import { fileWith, runHere } from './a-run.ts';

const requests = (...userIds: string[]): string =>
  fileWith(
    'requests.json',
    JSON.stringify(userIds.map((userId) => ({ userId, channels: ['email'], message: 'Hi' }))),
  );

test('the customers of a kept datastore are the users, and nobody else is', async () => {
  const data = temporaryFile('shop.db');
  const datastore = openDatastore({ file: data });
  await datastore.customers.insert(aCustomer({ id: 'kim' }));
  await datastore.close();

  const { stdout } = await runHere({ file: requests('kim', 'ada'), data });

  expect(stdout).toContain('  ✓ #1       kim       email');
  expect(stdout).toContain('unknown_user: nobody is known as "ada"');
});

test('a datastore that is not there is not made', async () => {
  const data = temporaryFile('shop.db');

  expect(await rejectionOf(() => runHere({ file: requests('kim'), data }))).toMatchObject({
    name: 'InputError',
    message: `there is no file ${JSON.stringify(data)}`,
  });
});

test.each([{}, { stress: 5 }])('%j has users of its own', async (options) => {
  expect(await rejectionOf(() => runHere({ ...options, data: 'shop.db' }))).toMatchObject({
    message: '--data is of no use here',
    help: 'It goes with --file or --interactive.',
  });
});
