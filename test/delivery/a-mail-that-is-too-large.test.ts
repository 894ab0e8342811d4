import { describe, expect, it, onTestFinished } from 'vitest';
import { openPostOffice } from '../support/post-office.ts';
import { aRequest } from '../support/requests.ts';
import { openScriptedServer } from '../support/scripted-smtp-server.ts';
import { smtpChannel } from './smtp-channel.ts';

type Answers = Exclude<Parameters<typeof openScriptedServer>[0], (...given: never[]) => unknown>;

/** A receipt is attached to it. */
const paid = aRequest({ type: 'payment-received' });

/** Asks for a mail with a receipt, of a server that answers so. */
async function mailTo(answers: Answers) {
  const server = await openScriptedServer(answers);
  const office = await openPostOffice({ channels: [smtpChannel({ port: server.port })] });
  onTestFinished(() => office.close());
  const deliveries = await office.request(paid);
  const mail = deliveries.find(({ channel }) => channel === 'email') ?? expect.fail('no mail');
  return { office, server, mail, suppressions: await office.datastore.suppressions.list({ limit: 9 }) };
}

describe('a mail that a server refuses for its size is a dead letter, and its customer is written to again:', () => {
  it.each<[string, Answers]>([
    ['at the end of the mail', { '.': '552 5.3.4 Message size exceeds fixed limit\r\n' }],
    ['before it begins', { MAIL: '552 5.3.4 Message size exceeds file system imposed limit\r\n' }],
    ['at the recipient', { RCPT: '552 5.3.4 Message too big for system\r\n' }],
    ['when it was to begin', { DATA: '552 5.3.4 Message size exceeds fixed limit\r\n' }],
    ['in the words of a full mailbox', { '.': '552 5.2.3 Message length exceeds limit of the mailbox\r\n' }],
    [
      'with the recipient in its words',
      { '.': '552 5.3.4 <kim@example.com> message too large for user\r\n' },
    ],
    ['in other words', { '.': '554 5.7.0 attachment larger than 10 MB\r\n' }],
    ['beside an unknown user', { '.': '552 5.3.4 too large; mailbox unknown\r\n' }],
  ])('%s', async (_when, answers) => {
    const { office, server, mail, suppressions } = await mailTo(answers);

    expect(mail).toMatchObject({ status: 'dead_lettered', reason: 'rejected', attempts: 1 });
    expect(suppressions).toEqual([]);
    expect(office.delivery.breakers().get('email')).toBe('closed');
    const before = server.said.length;
    await office.request(aRequest({ type: 'order-shipped' }));
    expect(server.said.slice(before)).toContain('MAIL');
  });
});

it('a mail that is too large only for now is tried again', async () => {
  const { mail, suppressions } = await mailTo({ '.': '452 4.3.1 Insufficient system storage\r\n' });

  expect(mail).toMatchObject({ status: 'pending', reason: 'provider_unavailable' });
  expect(suppressions).toEqual([]);
});
