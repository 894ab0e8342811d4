import { expect, test } from 'vitest';
import { openDatastore } from '../../../src/datastore/index.ts';
import { explain } from '../../../src/operations/explain/explain.ts';
import { explanationDocument } from '../../../src/operations/explain/report.ts';
import { toLines } from '../../../src/report/index.ts';
import { plain } from '../../lab/comparison/shown.ts';
import { aCustomer } from '../../support/customers.ts';
import { ledgerLines } from '../../support/ledger.ts';
import { rejectionOf } from '../../support/rejection.ts';
import { temporaryFile } from '../../support/temporary-file.ts';
import { fileWith, runHere } from './a-run.ts';

const requests = (...channels: string[]): string =>
  fileWith('requests.json', JSON.stringify([{ userId: 'kim', channels, message: 'Your wheel is trued.' }]));

async function kept(): Promise<string> {
  const data = temporaryFile('shop.db');
  const datastore = openDatastore({ file: data });
  await datastore.customers.insert(aCustomer({ id: 'kim', addresses: {} }));
  await datastore.close();
  return data;
}

test('a request is in the ledger of the kept datastore, a delivery a channel, each with its end', async () => {
  const data = await kept();

  await runHere({ file: requests('email', 'sms', 'push'), data });
  await runHere({ file: requests('email'), data });

  const datastore = openDatastore({ file: data });
  expect((await ledgerLines(datastore)).sort()).toEqual([
    'own-text kim email sent sent',
    'own-text kim email sent sent',
    'own-text kim push skipped no_contact',
    'own-text kim sms sent sent',
  ]);
  await datastore.close();
});

test('what is given up is a dead letter there, with its attempts and the words of the provider', async () => {
  const data = await kept();

  const { stdout } = await runHere({
    file: requests('sms'),
    data,
    failFirst: 9,
    settings: { handlerRetryAttempts: 2, retryBaseDelayMs: 1 },
  });

  const datastore = openDatastore({ file: data });
  const [letter] = await datastore.ledger.deadLetters({ limit: 9 });
  expect(letter).toMatchObject({
    delivery: { channel: 'sms', attempts: 3, reason: 'attempts_exhausted' },
    failure: { errorCode: 'channel_error', errorMessage: 'one of the first, which fail' },
  });
  expect(stdout).toContain(`${letter?.notification.id}:sms`);
  const about = await explain(datastore, { id: letter?.notification.subject ?? '' });
  expect(toLines(explanationDocument(about), plain(100)).join('\n')).toContain("a text of one's own");
  await datastore.close();
});

test('a datastore on which a shop runs is left alone', async () => {
  const data = await kept();
  const running = openDatastore({ file: data });
  const giveBack = await running.claimConsumption();

  expect(await rejectionOf(() => runHere({ file: requests('sms'), data }))).toMatchObject({
    name: 'AlreadyConsumedError',
  });

  giveBack();
  expect(await ledgerLines(running)).toEqual([]);
  await running.close();
});
