import { describe, expect, it } from 'vitest';
import { createReceipts } from '../../src/delivery/index.ts';
import { failingChannel, moodyChannel } from '../support/channels.ts';
import { ledgerLines } from '../support/ledger.ts';
import { openPostOffice } from '../support/post-office.ts';
import { aRequest, noonMs } from '../support/requests.ts';

const shipped = aRequest();
const key = `${shipped.id}:email`;
const bounced = {
  channel: 'email',
  providerMessageId: `id-of-${key}`,
  status: 'bounced',
  code: '5.1.1',
} as const;
const lostAnswer = new Error('the connection broke before the answer');
const messageIdOf = (idempotencyKey: string): string => `id-of-${idempotencyKey}`;
const suppressedIn = async ({ datastore }: Pick<Awaited<ReturnType<typeof openPostOffice>>, 'datastore'>) =>
  (await datastore.suppressions.list({ limit: 9 })).map(({ address }) => address);

describe('of a message whose answer was lost, and that is a dead letter', () => {
  const settings = { onUnknownOutcome: 'dead-letter' } as const;

  it('a bounce under the id that the house gave it stands beside it, and suppresses', async () => {
    const email = { ...failingChannel('email', lostAnswer), messageIdOf };
    const office = await openPostOffice({ ...settings, channels: [email] });
    await office.request(shipped);

    const [taken] = await createReceipts(office).take([bounced]);

    expect(taken).toMatchObject({ result: 'recorded', isSuppressed: true });
    expect(await suppressedIn(office)).toEqual(['kim@example.com']);
    expect(await ledgerLines(office.datastore)).toContain(
      'order-shipped kim email dead_lettered outcome_unknown',
    );
  });

  it('so does one that came before it was given up', async () => {
    const email = moodyChannel('email', lostAnswer);
    const office = await openPostOffice({ channels: [{ ...email, messageIdOf }], retry: { maxAttempts: 2 } });
    await office.request(shipped);
    await createReceipts(office).take([bounced]);
    expect(await suppressedIn(office)).toEqual([]);

    await office.finish();

    expect(await suppressedIn(office)).toEqual(['kim@example.com']);
  });

  it('a bounce under an id that only the answer would have told is of a message that nobody knows', async () => {
    const office = await openPostOffice({ ...settings, channels: [failingChannel('email', lostAnswer)] });
    await office.request(shipped);

    expect(await createReceipts(office).take([bounced])).toMatchObject([{ result: 'unknown' }]);
  });
});

it('what has not come as far as its provider ends without an id', async () => {
  const office = await openPostOffice({ channels: [{ ...moodyChannel('email'), messageIdOf }] });
  await office.datastore.suppressions.add({
    address: 'kim@example.com',
    reason: 'bounced',
    sinceMs: noonMs,
    channel: 'email',
    source: 'provider',
  });
  await office.request(shipped);

  expect(await createReceipts(office).take([bounced])).toMatchObject([{ result: 'unknown' }]);
});
