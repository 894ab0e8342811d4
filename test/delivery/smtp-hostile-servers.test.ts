import type { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { ChannelError } from '../../src/delivery/index.ts';
import { rejectionOf } from '../support/rejection.ts';
import { openScriptedServer, type Said } from '../support/scripted-smtp-server.ts';
import { until } from '../support/until.ts';
import { sendMail, smtpChannel } from './smtp-channel.ts';

const transient = { name: 'ChannelError', kind: 'transient' };

type Answers = Parameters<typeof openScriptedServer>[0];

async function failureAt(answers: Answers, { timeoutMs = 2000 } = {}) {
  const server = await openScriptedServer(answers);
  const channel = smtpChannel({ port: server.port, timeoutMs });
  const error = (await rejectionOf(() => sendMail(channel))) as Error;
  return { error, said: server.said };
}

describe('a greeting', () => {
  it('of 421 asks to come back later: the server is well', async () => {
    const { error, said } = await failureAt({ CONNECT: '421 4.3.2 too many of you\r\n' });

    expect(error).toMatchObject({ ...transient, isThrottled: true });
    expect(said).not.toContain('MAIL');
  });

  it('that comes in drops is not waited for without end', async () => {
    let drops: NodeJS.Timeout | undefined;
    const { error } = await failureAt(
      {
        CONNECT: (socket) => {
          drops = setInterval(() => socket.write('2'), 10);
          socket.once('close', () => clearInterval(drops));
        },
      },
      { timeoutMs: 100 },
    );

    expect(error).toMatchObject(transient);
  });

  it('that is no SMTP is no reason to give a mail up', async () => {
    const { error } = await failureAt({ CONNECT: 'HTTP/1.1 400 Bad Request\r\n\r\n' });

    expect(error).toMatchObject({ ...transient, isThrottled: false });
  });
});

describe('encryption that is offered and does not come', () => {
  const offers = '250-here\r\n250 STARTTLS\r\n';

  it.each<[string, Answers]>([
    ['refused for now', { STARTTLS: '454 4.7.0 no TLS today\r\n' }],
    ['refused for good', { STARTTLS: '501 never\r\n' }],
    ['garbage', { STARTTLS: '220 go\r\nnot a handshake at all\r\n' }],
    ['silence', { STARTTLS: '220 go\r\n' }],
    ['a connection that is closed', { STARTTLS: (socket) => void socket.end('220 go\r\n') }],
  ])('%s: nothing is said in clear, and it is tried again', async (_what, answers) => {
    const { error, said } = await failureAt({ EHLO: offers, ...answers }, { timeoutMs: 200 });

    expect(error).toMatchObject(transient);
    expect(said.filter((each) => each === 'MAIL' || each === 'DATA')).toEqual([]);
  });
});

describe('an answer', () => {
  it('in single bytes is an answer', async () => {
    const inBytes = (text: string) => (socket: { write(text: string): unknown }) => {
      for (const byte of text) socket.write(byte);
    };
    const server = await openScriptedServer({
      EHLO: inBytes('250-here\r\n250 8BITMIME\r\n'),
      RCPT: inBytes('250 2.1.5 ok\r\n'),
      '.': inBytes('250-2.0.0\r\n250 taken\r\n'),
    });

    await expect(sendMail(smtpChannel({ port: server.port }))).resolves.toMatchObject({
      id: expect.stringContaining('@shop.example'),
    });
  });

  it.each([
    ['UTF-8', Buffer.from('550 5.1.1 Empfänger unbekannt\r\n', 'utf8')],
    ['Latin-1', Buffer.from('550 5.1.1 Empfänger unbekannt\r\n', 'latin1')],
  ])('in %s is understood, and kept as it was said', async (_charset, reply) => {
    const { error } = await failureAt({ RCPT: reply });

    expect(error).toMatchObject({
      kind: 'permanent',
      suppress: 'bounced',
      suppressBecause: '550 5.1.1 Empfänger unbekannt',
    });
  });

  it.each(['550 5.9.9 no\r\n', '550 5.1.999 no\r\n', '550 9.1.1 no\r\n', '550 5.1.1.1 no\r\n'])(
    'with a code that nobody knows suppresses nobody: %j',
    async (reply) => {
      const { error } = await failureAt({ RCPT: reply });

      expect(error).toMatchObject({ kind: 'permanent', suppress: undefined });
    },
  );

  it('of 900 kB is heard, and its beginning decides', async () => {
    const { error } = await failureAt({ RCPT: `550 5.1.1 no such user ${'x'.repeat(900_000)}\r\n` });

    expect(error).toMatchObject({ kind: 'permanent', suppress: 'bounced' });
  });

  it.each<[Said, string]>([
    ['RCPT', 'without end'],
    ['RCPT', 'of lines without end'],
  ])('at %s %s is not listened to for ever', async (said, how) => {
    const line = how === 'without end' ? '2'.repeat(3_000_000) : '250-more\r\n'.repeat(300_000);

    expect((await failureAt({ [said]: line })).error).toMatchObject(transient);
  });

  it.each(['\r\n', 'what?\r\n', '999 what?\r\n', 'ok\r\n'])(
    'to the recipient that is none, %j, is no refusal',
    async (reply) => {
      const { error } = await failureAt({ RCPT: reply }, { timeoutMs: 200 });

      expect(error).toMatchObject({ ...transient, message: expect.not.stringContaining('undefined') });
    },
  );
});

describe('behind the final dot', () => {
  it('421 says that it was not taken, and asks to come back later', async () => {
    const { error } = await failureAt({ '.': '421 4.3.2 shutting down\r\n' });

    expect(error).toMatchObject({ ...transient, isThrottled: true });
  });

  it.each<[string, Answers]>([
    ['a reply that breaks off', { '.': (socket) => void socket.end('250 ok') }],
    ['what is no reply', { '.': 'what?\r\n' }],
    ['a code that there is not', { '.': '999 what?\r\n' }],
    ['a reply without end', { '.': '2'.repeat(3_000_000) }],
  ])('%s leaves it unknown whether it was', async (_what, answers) => {
    const { error } = await failureAt(answers);

    expect(error).not.toBeInstanceOf(ChannelError);
    expect(error.message).toContain('unknown');
  });

  it('a name that the server gives the mail is not the one that it is kept under', async () => {
    const name = `<${'\u001b[31m'}${'x'.repeat(5000)}@a.prod.outlook.com>`;
    const server = await openScriptedServer({ '.': `250 2.0.0 OK ${name}\r\n` });

    expect((await sendMail(smtpChannel({ port: server.port }))).id).toMatch(/^[0-9a-f]+@shop\.example$/);
  });
});

describe('between two mails', () => {
  it.each<[string, (socket: Socket) => unknown]>([
    ['421 and an end', (socket) => socket.end('250 taken\r\n421 4.4.2 you were idle\r\n')],
    ['an end without a word', (socket) => socket.end('250 taken\r\n')],
    ['a reply to nothing', (socket) => socket.write('250 taken\r\n250 and thank you\r\n')],
    ['garbage', (socket) => socket.write('250 taken\r\nwhat else?\r\n')],
  ])('%s does not reach the second one', async (_what, end) => {
    const server = await openScriptedServer((said, connection) =>
      said === '.' && connection === 1 ? (socket) => void end(socket) : undefined,
    );
    const channel = smtpChannel({ port: server.port, maxConnections: 1 });

    await sendMail(channel);
    // The server's last word has arrived by then, or is answered to by leaving.
    await until(() => server.said.includes('.'));
    await new Promise(setImmediate);
    const second = await sendMail(channel, { id: 'delivery-2' }).catch((error) => error);
    const third = await sendMail(channel, { id: 'delivery-3' });

    // Whether the channel has noticed in time is a matter of chance; that it takes nothing for sent is not.
    if (second instanceof Error) expect(second).toMatchObject(transient);
    expect(third).toMatchObject({ id: expect.any(String) });
    expect(server.said.filter((said) => said === '.').length).toBe(second instanceof Error ? 2 : 3);
  });
});
