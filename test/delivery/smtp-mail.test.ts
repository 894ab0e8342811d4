import PostalMime from 'postal-mime';
import { describe, expect, it } from 'vitest';
import { ChannelError, captureEmail } from '../../src/delivery/index.ts';
import { InputError, VirtualClock } from '../../src/kernel/index.ts';
import { rejectionOf } from '../support/rejection.ts';
import { noonMs } from '../support/requests.ts';
import { openSmtpServer, reply } from '../support/smtp-server.ts';
import { until } from '../support/until.ts';
import { sendMail, smtpChannel } from './smtp-channel.ts';

describe('a mail over SMTP', () => {
  it('arrives as it was written, from the shop, for the one it was sent to', async () => {
    const server = await openSmtpServer();

    await sendMail(smtpChannel({ port: server.port }));

    const [received] = server.mails;
    expect(received).toMatchObject({ from: 'hello@shop.example', to: ['kim@example.com'] });
    const mail = await PostalMime.parse(received?.wire ?? '');
    expect(mail.from).toMatchObject({ name: 'Hill & Valley Cycles', address: 'hello@shop.example' });
    expect(mail.to).toEqual([{ name: 'Kim Lund', address: 'kim@example.com' }]);
    expect(mail).toMatchObject({ subject: 'Grüße 🚲', date: '2026-03-02T12:00:00.000Z' });
    expect(mail.text?.trimEnd()).toBe('Hello Kim\n.\n34,99 €');
    expect(mail.html?.trimEnd()).toBe('<p>Hello Kim</p>');
  });

  it('is to the byte the mail that would have been captured', async () => {
    const server = await openSmtpServer();
    const capture = captureEmail({ clock: new VirtualClock(noonMs) });

    await sendMail(smtpChannel({ port: server.port }));
    await sendMail(capture);

    expect(server.mails[0]?.wire.trimEnd()).toBe((await capture.outbox.all()[0]?.mime())?.trimEnd());
  });

  it('has the same Message-ID at every attempt, and another for another delivery', async () => {
    const server = await openSmtpServer();
    const channel = smtpChannel({ port: server.port });

    for (const id of ['delivery-1', 'delivery-1', 'delivery-2']) await sendMail(channel, { id });

    const mails = await Promise.all(server.mails.map(({ wire }) => PostalMime.parse(wire)));
    const ids = mails.map(({ messageId }) => messageId);
    expect(ids[0]).toMatch(/^<[0-9a-f]+@shop\.example>$/);
    expect(ids[1]).toBe(ids[0]);
    expect(ids[2]).not.toBe(ids[0]);
  });

  it('has its Message-ID for a receipt, by which a bounce is known, and which is known beforehand', async () => {
    const server = await openSmtpServer();
    const channel = smtpChannel({ port: server.port });

    const receipt = await sendMail(channel, { id: 'delivery-1' });

    const mail = await PostalMime.parse(server.mails[0]?.wire ?? '');
    expect(`<${receipt.id}>`).toBe(mail.messageId);
    expect(channel.messageIdOf?.('delivery-1')).toBe(receipt.id);
  });

  it('goes out with six hundred others at once, each once and with a receipt of its own', async () => {
    const server = await openSmtpServer();
    const channel = smtpChannel({ port: server.port });
    const ids = Array.from({ length: 600 }, (_, index) => `delivery-${index}`);

    const receipts = await Promise.all(ids.map((id) => sendMail(channel, { id })));

    expect(new Set(receipts.map(({ id }) => id)).size).toBe(600);
    expect(new Set(server.mails.map(({ wire }) => wire)).size).toBe(600);
    expect(server.mails).toHaveLength(600);
  });

  it('shares its connection with others, of which there are no more than allowed', async () => {
    const server = await openSmtpServer();
    const channel = smtpChannel({ port: server.port, maxConnections: 2 });
    const ids = Array.from({ length: 40 }, (_, index) => `delivery-${index}`);

    await Promise.all(ids.map((id) => sendMail(channel, { id })));

    expect(server.connectionCount).toBe(2);
  });

  it('still goes out after the server has refused another on the same connection', async () => {
    const server = await openSmtpServer(() => ({
      onRcptTo: ({ address }, _session, answer) => answer(address.startsWith('blocked') ? reply(550) : null),
    }));
    const channel = smtpChannel({ port: server.port, maxConnections: 1 });

    await rejectionOf(() => sendMail(channel, { to: 'blocked@example.com' }));
    await sendMail(channel);

    expect(server.mails.map(({ to }) => to)).toEqual([['kim@example.com']]);
    expect(server.connectionCount).toBe(1);
  });
});

describe('what comes from outside', () => {
  const injections = [
    '\r\nBcc: eve@example.com',
    '\nBcc: eve@example.com',
    '\r\n.\r\nRCPT TO:<eve@example.com>',
  ];

  it.each(injections)('in a name or a subject is neither a header nor a command: %j', async (text) => {
    const server = await openSmtpServer();

    await sendMail(smtpChannel({ port: server.port }), { recipientName: `Kim${text}`, subject: `Hi${text}` });

    expect(server.mails.map(({ to }) => to)).toEqual([['kim@example.com']]);
    const mail = await PostalMime.parse(server.mails[0]?.wire ?? '');
    expect(mail.headers.map(({ key }) => key)).toEqual(headersOfEveryMail);
    expect(mail.to?.map(({ address }) => address)).toEqual(['kim@example.com']);
  });

  it.each([
    ...injections.map((text) => `kim@example.com${text}`),
    'kim@example.com>\r\nRCPT TO:<eve@example.com',
    'kim@example.com, eve@example.com',
    'Kim <eve@example.com>',
    'all: kim@example.com, eve@example.com;',
    'kim@example.com\u0000',
    'kim@example.com\u2028',
    'kim',
    '',
  ])('as an address is refused for good, and never said to the server: %j', async (to) => {
    const server = await openSmtpServer();

    const error = await rejectionOf(() => sendMail(smtpChannel({ port: server.port }), { to }));

    expect(error).toBeInstanceOf(ChannelError);
    expect(error).toMatchObject({ kind: 'permanent' });
    expect(server.connectionCount).toBe(0);
  });

  const headersOfEveryMail = ['from', 'to', 'subject', 'message-id', 'date', 'mime-version', 'content-type'];
});

describe('close', () => {
  it('lets what is in hand arrive, takes no more, and leaves no connection', async () => {
    const server = await openSmtpServer();
    const channel = smtpChannel({ port: server.port, maxConnections: 2 });
    const sending = Array.from({ length: 20 }, (_, index) => sendMail(channel, { id: `delivery-${index}` }));

    await channel.close();
    const late = await rejectionOf(() => sendMail(channel));

    expect(await Promise.all(sending)).toHaveLength(20);
    expect(server.mails).toHaveLength(20);
    expect(late).toMatchObject({ name: 'ChannelError', kind: 'transient' });
    await until(() => server.openConnectionCount === 0);
  });

  it('is quick where nothing was ever sent, and may be called twice', async () => {
    const channel = smtpChannel({ port: 1 });

    await expect(channel.close()).resolves.toBeUndefined();
    await expect(channel.close()).resolves.toBeUndefined();
  });
});

describe('a URL that is none', () => {
  it.each([
    'not a url',
    'https://mail.example',
    'smtp://',
    'smtp://mail.example?ignoreTLS=true',
    'smtp://mail.example?requireTLS=yes',
    'smtp://kim:secret%@mail.example',
  ])('is refused at once, without repeating it: %s', (url) => {
    expect(() => smtpChannel({ url })).toThrow(InputError);
    expect(() => smtpChannel({ url })).toThrow(
      expect.objectContaining({ message: expect.not.stringMatching(/secret|example/) }),
    );
  });
});
