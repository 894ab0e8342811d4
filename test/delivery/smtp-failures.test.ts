import { createServer } from 'node:net';
import type { SMTPServerOptions } from 'smtp-server';
import { describe, expect, it } from 'vitest';
import { ChannelError } from '../../src/delivery/index.ts';
import type { TestMailServer } from '../support/mail-server.ts';
import { rejectionOf } from '../support/rejection.ts';
import { openSmtpServer, reply } from '../support/smtp-server.ts';
import { sendMail, smtpChannel } from './smtp-channel.ts';

const transient = { name: 'ChannelError', kind: 'transient' };
const permanent = { name: 'ChannelError', kind: 'permanent' };

/** More than the buffers between the two sides hold. */
const tooLongForTheBuffers = 'all that there is to say\n'.repeat(1_000_000);

describe('a server that refuses', () => {
  const at: Record<string, (code: number) => SMTPServerOptions> = {
    'the sender': (code) => ({ onMailFrom: (_address, _session, answer) => answer(reply(code)) }),
    'the recipient': (code) => ({ onRcptTo: (_address, _session, answer) => answer(reply(code)) }),
    'the mail after its end': (code) => ({ onData: atItsEnd((answer) => answer(reply(code))) }),
  };

  describe.each(Object.entries(at))('%s', (_step, refusing) => {
    it.each([421, 450, 452])('with %i may take it later', async (code) => {
      expect(await failureWith(() => refusing(code))).toMatchObject(transient);
    });

    it.each([550, 552, 554])('with %i never will', async (code) => {
      expect(await failureWith(() => refusing(code))).toMatchObject(permanent);
    });

    it('is quoted by its reply code alone, since its words may hold an address', async () => {
      const error = await failureWith(() => refusing(550));

      expect(error.message).toMatch(/\b550\b/);
      expect(error.message).not.toMatch(/kim|@|shop/);
      expect(error.cause).toMatchObject({ responseCode: 550 });
    });
  });

  it.each([
    [550, '5.1.1 '],
    [550, '5.2.1 '],
    [550, 'no such user here, '],
  ])('the recipient with %i %ssays that there is no such mailbox', async (code, enhanced) => {
    expect(await failureWith(() => refusingRecipients(code, enhanced))).toMatchObject({
      suppress: 'bounced',
      suppressBecause: expect.stringContaining(`${code} ${enhanced}`),
    });
  });

  it.each([
    [550, ''],
    [551, ''],
    [550, 'relay not permitted, '],
    [552, ''],
    [554, ''],
    [550, '5.7.1 '],
    [550, '5.2.2 '],
    [450, '4.1.1 '],
  ])('the recipient with %i %sdoes not', async (code, enhanced) => {
    expect(await failureWith(() => refusingRecipients(code, enhanced))).toMatchObject({
      suppress: undefined,
    });
  });

  it.each([
    [450, '4.2.0 greylisted, ', { isThrottled: false, scope: 'recipient' }],
    [452, '4.2.2 over quota, ', { isThrottled: false, scope: 'recipient' }],
    [450, '4.2.1 receiving mail too quickly, ', { isThrottled: true, scope: 'recipient' }],
    [452, '4.1.0 too many connections from your host, ', { isThrottled: true, scope: undefined }],
    [421, 'try again later, ', { isThrottled: true, scope: undefined }],
  ])('the recipient with %i %ssays whose matter it is', async (code, words, matter) => {
    expect(await failureWith(() => refusingRecipients(code, words))).toMatchObject({
      ...transient,
      ...matter,
    });
  });

  it('the sender with 450 says nothing about one recipient', async () => {
    expect(await failureWith(() => at['the sender']?.(450) ?? {})).toMatchObject({
      isThrottled: false,
      scope: undefined,
    });
  });

  it('the sender, or the mail after its end, with 550 says nothing about the recipient', async () => {
    for (const refusing of [at['the sender'], at['the mail after its end']])
      expect(await failureWith(() => refusing?.(550) ?? {})).toMatchObject({ suppress: undefined });
  });

  it('everybody, with 554 for a greeting, has not judged this mail', async () => {
    const onConnect: SMTPServerOptions['onConnect'] = (_session, answer) => answer(reply(554));

    expect(await failureWith(() => ({ onConnect }))).toMatchObject(transient);
  });
});

describe('a connection that ends', () => {
  it.each<[string, (server: TestMailServer) => SMTPServerOptions]>([
    ['before the greeting', ({ hangUp }) => ({ onConnect: hangUp })],
    ['at the sender', ({ hangUp }) => ({ onMailFrom: hangUp })],
    ['at the recipient', ({ hangUp }) => ({ onRcptTo: hangUp })],
    ['in the middle of the mail', ({ hangUp }) => ({ onData: (stream) => stream.once('data', hangUp) })],
  ])('%s leaves nothing behind: it is sent again later', async (_moment, options) => {
    expect(await failureWith(options, { text: tooLongForTheBuffers })).toMatchObject(transient);
  });

  it('after the final dot leaves it unknown whether the mail was taken', async () => {
    const error = await failureWith(({ hangUp }) => ({ onData: atItsEnd(hangUp) }));

    expect(error).not.toBeInstanceOf(ChannelError);
    expect(error.message).toMatch(/unknown/);
  });

  it('between two mails never leaves the next one unknown, and is replaced by another', async () => {
    const server = await openSmtpServer();
    const channel = smtpChannel({ port: server.port, maxConnections: 1 });
    await sendMail(channel);

    server.hangUp();
    const next = await sendMail(channel, { id: 'delivery-2' }).catch((error) => error);
    await sendMail(channel, { id: 'delivery-3' });

    // Whether the channel has noticed in time is a matter of chance.
    if (next instanceof Error) expect(next).toMatchObject(transient);
    expect(server.connectionCount).toBe(2);
  });

  it('before it began, for there is no server, is for now', async () => {
    const port = await unusedPort();

    const error = await rejectionOf(() => sendMail(smtpChannel({ port })));

    expect(error).toMatchObject(transient);
    expect(error).toMatchObject({ message: expect.stringContaining('ECONNREFUSED') });
  });

  it('before it began, for the name is none, is for now', async () => {
    const channel = smtpChannel({ url: 'smtp://mail.invalid', timeoutMs: 1000 });

    expect(await rejectionOf(() => sendMail(channel))).toMatchObject(transient);
  });
});

describe('a server that falls silent', () => {
  const never = () => {};

  it.each<[string, SMTPServerOptions]>([
    ['before the greeting', { onConnect: never }],
    ['at the sender', { onMailFrom: never }],
    ['at the recipient', { onRcptTo: never }],
    ['in the middle of the mail', { onData: never }],
  ])('%s is left when its time is over: it is tried again later', async (_moment, options) => {
    const error = await failureWith(() => options, { text: tooLongForTheBuffers }, { timeoutMs: 250 });

    expect(error).toMatchObject(transient);
  });

  it('after the final dot leaves it unknown whether the mail was taken', async () => {
    const error = await failureWith(() => ({ onData: atItsEnd(never) }), {}, { timeoutMs: 250 });

    expect(error).not.toBeInstanceOf(ChannelError);
    expect(error.message).toMatch(/unknown.*ETIMEDOUT/);
  });
});

describe('a send that is given up', () => {
  it('before the mail was handed over was not sent', async () => {
    const giveUp = new AbortController();
    const onRcptTo = () => giveUp.abort();

    expect(await failureWith(() => ({ onRcptTo }), { signal: giveUp.signal })).toMatchObject(transient);
  });

  it('after the final dot may have been', async () => {
    const giveUp = new AbortController();
    const onData = atItsEnd(() => giveUp.abort());

    const error = await failureWith(() => ({ onData }), { signal: giveUp.signal });

    expect(error).not.toBeInstanceOf(ChannelError);
  });

  it('while it waits for a connection does not disturb the one before it', async () => {
    const giveUp = new AbortController();
    const server = await openSmtpServer(() => ({}));
    const channel = smtpChannel({ port: server.port, maxConnections: 1 });

    const first = sendMail(channel);
    const second = rejectionOf(() => sendMail(channel, { id: 'delivery-2', signal: giveUp.signal }));
    giveUp.abort();

    expect(await second).toMatchObject(transient);
    await first;
    expect(server.mails).toHaveLength(1);
  });
});

/** What becomes of a mail at a server with these options; nothing may have arrived. */
async function failureWith(
  options: (server: TestMailServer) => SMTPServerOptions,
  mail: Parameters<typeof sendMail>[1] = {},
  { timeoutMs = 10_000 } = {},
): Promise<Error> {
  const server = await openSmtpServer(options);
  const error = await rejectionOf(() => sendMail(smtpChannel({ port: server.port, timeoutMs }), mail));
  expect(server.mails).toEqual([]);
  return error as Error;
}

function refusingRecipients(responseCode: number, enhanced: string): SMTPServerOptions {
  const refusal = Object.assign(new Error(`${enhanced}not for <kim@example.com>`), { responseCode });
  return { onRcptTo: (_address, _session, answer) => answer(refusal) };
}

/** Reads the mail to its end, and then does something else than to take it. */
function atItsEnd(act: (answer: (error: Error) => void) => void): NonNullable<SMTPServerOptions['onData']> {
  return (stream, _session, answer) => stream.resume().once('end', () => act(answer));
}

async function unusedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}
