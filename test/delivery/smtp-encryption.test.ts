import type { SMTPServerOptions } from 'smtp-server';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { rejectionOf } from '../support/rejection.ts';
import { openSmtpServer } from '../support/smtp-server.ts';
import { sendMail, smtpChannel } from './smtp-channel.ts';

const transient = { name: 'ChannelError', kind: 'transient' };
const permanent = { name: 'ChannelError', kind: 'permanent' };

/** The server has a certificate that it has signed itself, and warns of it. */
beforeEach(() => {
  vi.spyOn(console, 'error').mockReturnValue();
  vi.spyOn(process, 'emitWarning').mockReturnValue();
  return () => vi.restoreAllMocks();
});

describe.each<[string, SMTPServerOptions]>([
  ['smtps', { secure: true, disabledCommands: ['AUTH'] }],
  ['smtp', { disabledCommands: ['AUTH'] }],
])('%s, at a server that encrypts with a certificate nobody has signed', (scheme, options) => {
  it('sends nothing, since the certificate is refused; it may be mended', async () => {
    const server = await openSmtpServer(() => options);
    const channel = smtpChannel({ url: `${scheme}://127.0.0.1:${server.port}` });

    const error = await rejectionOf(() => sendMail(channel));

    expect(error).toMatchObject(transient);
    expect(server.mails).toEqual([]);
  });

  it('sends, encrypted, when the URL says that the certificate does not matter', async () => {
    const server = await openSmtpServer(() => options);
    const url = `${scheme}://127.0.0.1:${server.port}?tls.rejectUnauthorized=false`;

    await sendMail(smtpChannel({ url }));

    expect(server.mails).toMatchObject([{ isEncrypted: true }]);
  });
});

describe('smtp, at a server that does not encrypt', () => {
  it('sends nothing when the URL asks for encryption', async () => {
    const server = await openSmtpServer();
    const channel = smtpChannel({ url: `smtp://127.0.0.1:${server.port}?requireTLS=true` });

    expect(await rejectionOf(() => sendMail(channel))).toMatchObject(transient);
    expect(server.mails).toEqual([]);
  });

  it('says no password', async () => {
    const passwords: unknown[] = [];
    const server = await openSmtpServer(() => ({
      disabledCommands: ['STARTTLS'],
      allowInsecureAuth: true,
      onAuth: ({ password }) => passwords.push(password),
    }));
    const channel = smtpChannel({ url: `smtp://shop:secret@127.0.0.1:${server.port}` });

    expect(await rejectionOf(() => sendMail(channel))).toMatchObject(transient);
    expect(passwords).toEqual([]);
  });
});

describe('the login', () => {
  const withLogin: SMTPServerOptions = {
    disabledCommands: [],
    onAuth: ({ username, password }, _session, answer) =>
      password === 'p@ss word' ? answer(null, { user: username }) : answer(new Error(`not ${username}`)),
  };

  it('is the one of the URL', async () => {
    const server = await openSmtpServer(() => withLogin);
    const login = 'shop%40shop.example:p%40ss%20word';

    await sendMail(
      smtpChannel({ url: `smtp://${login}@127.0.0.1:${server.port}?tls.rejectUnauthorized=false` }),
    );

    expect(server.mails).toMatchObject([{ user: 'shop@shop.example', isEncrypted: true }]);
  });

  it('that is refused is refused for good, and not repeated', async () => {
    const server = await openSmtpServer(() => withLogin);
    const url = `smtp://shop:wrong@127.0.0.1:${server.port}?tls.rejectUnauthorized=false`;

    const error = await rejectionOf(() => sendMail(smtpChannel({ url })));

    expect(error).toMatchObject(permanent);
    expect(error).toMatchObject({ message: expect.not.stringMatching(/wrong|shop/) });
    expect(server.mails).toEqual([]);
  });
});
