import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { explainCommand } from '../../../src/demo/commands/explain.ts';
import { explain } from '../../../src/operations/explain/explain.ts';
import { rejectionOf } from '../../support/rejection.ts';
import { temporaryFile } from '../../support/temporary-file.ts';
import { answer, openShop, order } from './a-shop.ts';

test('an unknown id is told in one line, with what ids look like', async () => {
  const { datastore } = await openShop();

  for (const id of ['nobody', 'no:body', '', '\u001b[31m']) {
    expect(await rejectionOf(() => explain(datastore, { id }))).toMatchObject({
      name: 'InputError',
      message: `nothing is known of ${JSON.stringify(id)}`,
      help: expect.stringContaining('order-shipped:ord-1001:ada'),
    });
  }
});

test('an unknown customer is not taken for one who was not told', async () => {
  const { datastore, give } = await openShop();
  await give(order());

  expect(await rejectionOf(() => explain(datastore, { id: 'order-1', customerId: 'nobody' }))).toMatchObject({
    message: 'there is no customer "nobody"',
  });
});

test('a customer beside a customer is refused', async () => {
  const { datastore } = await openShop();

  expect(await rejectionOf(() => explain(datastore, { id: 'kim', customerId: 'lee' }))).toMatchObject({
    message: 'a customer has its customer already',
  });
});

test('something that nothing has happened to is known all the same', async () => {
  const shop = await openShop();

  expect(await answer(shop, { id: 'helmet' })).toBe(
    `Nothing has happened to product helmet that anybody would be told of.

Asked 6 stores: event log, ledger, payments, customers, orders, products.`,
  );
});

test('a datastore that is not there is named, and not made', async () => {
  const file = temporaryFile('nowhere.db');

  const command = explainCommand(() => {});

  expect(
    await rejectionOf(() => command.parseAsync(['kim', '--data', file], { from: 'user' })),
  ).toMatchObject({
    name: 'InputError',
    message: `there is no file "${file}"`,
  });
  expect(existsSync(file)).toBe(false);
});
