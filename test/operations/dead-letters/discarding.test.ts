import { expect, test } from 'vitest';
import { openDatastore } from '../../../src/datastore/index.ts';
import { deadLetterStore } from '../../../src/operations/dead-letters/dead-letter-store.ts';
import { adasLetter, deadLetters, devsLetter, idsIn, shopWithDeadLetters } from './a-kept-shop.ts';

test('what is discarded is gone from the list, and stays in the ledger as skipped', async () => {
  const file = await shopWithDeadLetters();

  const { code, stdout } = await deadLetters(file, 'discard', adasLetter, 'message-1');

  expect({ code, stdout }).toEqual({ code: 0, stdout: `discarded ${adasLetter}\ndiscarded message-1\n` });
  expect(await idsIn(file)).toEqual([devsLetter]);
  const datastore = openDatastore({ file });
  const [entry] = await datastore.ledger.find('id', 'order-shipped:ord-1001:ada');
  expect(entry?.deliveries.find(({ channel }) => channel === 'email')).toMatchObject({
    status: 'skipped',
    reason: 'discarded',
    // The shop's time stands while it is closed.
    settledAtMs: await datastore.statistics.latestMs(),
  });
  await datastore.close();
});

test('a letter can be looked at and discarded while the shop is running', async () => {
  const file = await shopWithDeadLetters();
  const running = openDatastore({ file });
  await running.claimConsumption();

  expect(await deadLetters(file, 'list')).toMatchObject({ code: 0 });
  expect(await deadLetters(file, 'discard', adasLetter, '--json')).toMatchObject({
    code: 0,
    stdout: JSON.stringify([{ id: adasLetter, discarded: true }], null, 2).concat('\n'),
  });
  await running.close();
});

test('of two who discard the same letter, the second is told', async () => {
  const file = await shopWithDeadLetters();
  const datastore = openDatastore({ file });
  const box = deadLetterStore(datastore);
  const letters = [await box.find(adasLetter), await box.find('message-1')];

  for (const letter of letters) {
    if (letter === undefined) throw new Error('it is in the shop');
    expect(await box.discard(letter, 1)).toBe(true);
    expect(await box.discard(letter, 1)).toBe(false);
  }
  await datastore.close();
});
