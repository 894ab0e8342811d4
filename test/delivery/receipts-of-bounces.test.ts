import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createReceipts, receiptsOfDsn } from '../../src/delivery/index.ts';
import { openPostOffice } from '../support/post-office.ts';
import { aRequest } from '../support/requests.ts';

const perMail = ['Reporting-MTA: dns; mx.example', 'Arrival-Date: Mon, 2 Mar 2026 10:00:00 +0000'];
const failed = [
  'Final-Recipient: rfc822; kim@example.com',
  'Action: failed',
  'Status: 5.1.1',
  'Diagnostic-Code: smtp; 550 5.1.1 <kim@example.com>:',
  '    no such user',
];

interface Bounce {
  mail?: readonly string[];
  recipients?: readonly (readonly string[])[];
  returned?: readonly string[];
  type?: string;
}

function bounceOf({
  mail = perMail,
  recipients = [failed],
  returned = ['Message-ID: <m-1@shop.example>', 'Subject: Your order'],
  type = 'text/rfc822-headers',
}: Bounce = {}): string {
  const status = [mail, ...recipients].map((lines) => lines.join('\r\n')).join('\r\n\r\n');
  return [
    'From: MAILER-DAEMON@mx.example',
    'To: hello@shop.example',
    'Date: Mon, 2 Mar 2026 10:05:00 +0000',
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
    '',
    '--b\r\nContent-Type: text/plain\r\n\r\nThis is the mail system.',
    `--b\r\nContent-Type: message/delivery-status\r\n\r\n${status}\r\n`,
    `--b\r\nContent-Type: ${type}\r\n\r\n${returned.join('\r\n')}\r\n`,
    '--b--',
    '',
  ].join('\r\n');
}

const read = (bounce: Bounce) => receiptsOfDsn(bounceOf(bounce));

/** The lines of a recipient, with some in place of others; `null` takes one away. */
function recipient(differences: Readonly<Record<string, string | null>>): string[] {
  const fields = {
    'Final-Recipient': 'rfc822; kim@example.com',
    Action: 'failed',
    Status: '5.1.1',
    ...differences,
  };
  return Object.entries(fields).flatMap(([name, value]) => (value === null ? [] : `${name}: ${value}`));
}

describe('a bounce', () => {
  it('says which mail, whom it was for, and what their server said', async () => {
    expect(await read({})).toEqual({
      receipts: [
        {
          channel: 'email',
          providerMessageId: '<m-1@shop.example>',
          status: 'bounced',
          recipient: 'kim@example.com',
          code: '5.1.1',
          detail: '550 5.1.1 <kim@example.com>: no such user',
          atMs: Date.parse('2026-03-02T10:05:00Z'),
        },
      ],
      errors: [],
    });
  });

  it.each<[string, Readonly<Record<string, string | null>>, string | undefined]>([
    ['refused for good', {}, 'bounced'],
    ['given up after days', { Status: '4.4.7' }, 'failed'],
    ['delivered', { Action: 'delivered', Status: '2.0.0' }, 'delivered'],
    ['late', { Action: 'delayed', Status: '4.4.1' }, undefined],
    ['handed to a server that reports nothing', { Action: 'relayed', Status: '2.0.0' }, undefined],
    ['handed to a list', { Action: 'expanded', Status: '2.0.0' }, undefined],
    ['failed, in capitals and with a comment', { Action: 'FAILED (bad address)' }, 'bounced'],
    ['of which only the status is said', { Action: null }, 'bounced'],
    ['of which only the action is said', { Status: null }, 'bounced'],
  ])('of a mail that is %s', async (_, differences, status) => {
    const { receipts, errors } = await read({ recipients: [recipient(differences)] });

    expect(receipts.map((receipt) => receipt.status)).toEqual(status === undefined ? [] : [status]);
    expect(errors).toEqual([]);
  });

  it('of several recipients is a receipt for each of whom it says how it ended', async () => {
    const to = (address: string, differences: Readonly<Record<string, string>>) =>
      recipient({ 'Final-Recipient': `rfc822; ${address}`, ...differences });

    const { receipts } = await read({
      recipients: [
        to('a@list.example', { Status: '5.2.2' }),
        to('b@list.example', { Action: 'delayed' }),
        to('c@list.example', { Action: 'delivered', Status: '2.1.5' }),
      ],
    });

    expect(receipts.map(({ recipient, status }) => [recipient, status])).toEqual([
      ['a@list.example', 'bounced'],
      ['c@list.example', 'delivered'],
    ]);
  });

  it.each([
    ['RFC822;Kim+2Bshop@example.com', 'Kim+shop@example.com'],
    ['rfc822; <kim@example.com>', 'kim@example.com'],
    ['kim@example.com', 'kim@example.com'],
  ])('that was forwarded is about whom the shop wrote to: %s', async (original, address) => {
    const { receipts } = await read({
      recipients: [
        recipient({ 'Original-Recipient': original, 'Final-Recipient': 'rfc822; other@elsewhere.example' }),
      ],
    });

    expect(receipts[0]?.recipient).toBe(address);
  });

  it.each<[string, Bounce, string]>([
    [
      'the whole mail',
      { type: 'message/rfc822', returned: ['Message-Id: <m-2>', '', 'Message-ID: <x>'] },
      '<m-2>',
    ],
    ['a folded header', { returned: ['Message-ID:', '\t<m-3>'] }, '<m-3>'],
    ['the id of the envelope', { returned: [], mail: [...perMail, 'Original-Envelope-Id: m-4'] }, 'm-4'],
  ])('finds the mail by %s', async (_, bounce, id) => {
    expect((await read(bounce)).receipts.map(({ providerMessageId }) => providerMessageId)).toEqual([id]);
  });

  it('keeps the second line of an answer a line of its own, so that its code is seen', async () => {
    const { receipts } = await read({
      recipients: [recipient({ 'Diagnostic-Code': 'smtp; 550-5.1.1 no\r\n 550 5.7.1 blocked' })],
    });

    expect(receipts[0]?.detail).toBe('550-5.1.1 no\n550 5.7.1 blocked');
  });
});

it('a bounce is brought to its delivery, and suppresses', async () => {
  const { request, clock, datastore } = await openPostOffice();
  await request(aRequest());
  const mail = [...perMail, 'Original-Envelope-Id: captured-order-shipped:order-1:kim:email'];
  const { receipts } = await read({ mail, returned: [] });

  const taken = await createReceipts({ clock, datastore }).take(receipts);

  expect(taken).toMatchObject([{ result: 'recorded', isSuppressed: true }]);
});

describe('what cannot be read is an error, in a line', () => {
  it.each<[string, string | Uint8Array, string]>([
    ['an answer of somebody on holiday', 'Subject: Away\r\n\r\nBack on Monday.', 'it is no delivery report'],
    ['nothing', '', 'it is no delivery report'],
    ['bytes', Uint8Array.from([0, 255, 254, 13, 10]), 'it is no delivery report'],
    ['a report that is cut off', bounceOf().slice(0, 420), 'it does not say which mail it is about'],
    ['a report of no recipient', bounceOf({ recipients: [] }), 'names no recipient'],
    [
      'a report of no mail',
      bounceOf({ returned: ['Subject: hi'] }),
      'it does not say which mail it is about',
    ],
    [
      'an action that is none',
      bounceOf({ recipients: [recipient({ Action: 'eaten' })] }),
      'recipient 1: Action',
    ],
    [
      'a recipient without an address',
      bounceOf({ recipients: [recipient({ 'Final-Recipient': null })] }),
      'recipient 1: it has no Final-Recipient',
    ],
  ])('%s', async (_, mail, words) => {
    const { receipts, errors } = await receiptsOfDsn(mail);

    expect(receipts).toEqual([]);
    expect(errors).toEqual([expect.stringContaining(words)]);
    expect(errors.join()).not.toMatch(/@|\n/);
  });

  it('and does not keep what can be read from being read', async () => {
    const { receipts, errors } = await read({ recipients: [recipient({ Action: 'eaten' }), failed] });

    expect([receipts.length, errors.length]).toEqual([1, 1]);
  });

  it('more recipients than a mail of the shop can have', async () => {
    const { receipts, errors } = await read({ recipients: Array.from({ length: 120 }, () => failed) });

    expect(receipts).toHaveLength(100);
    expect(errors).toEqual(['20 more recipients than 100 are not read']);
  });

  it('whatever comes, nothing is thrown', async () => {
    const whole = bounceOf();
    const broken = fc
      .tuple(fc.nat(whole.length), fc.nat(80), fc.string({ unit: 'binary', maxLength: 30 }))
      .map(([at, length, text]) => whole.slice(0, at) + text + whole.slice(at + length));

    await fc.assert(
      fc.asyncProperty(broken, async (mail) => {
        const { receipts, errors } = await receiptsOfDsn(mail);
        expect(receipts.length + errors.length).toBeLessThanOrEqual(2);
      }),
      { numRuns: 200 },
    );
  });
});
