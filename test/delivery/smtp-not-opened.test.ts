import { expect, it, vi } from 'vitest';
import { rejectionOf } from '../support/rejection.ts';
import { openSmtpServer } from '../support/smtp-server.ts';
import { sendMail, smtpChannel } from './smtp-channel.ts';

let failures = 0;

vi.mock(import('nodemailer/lib/smtp-pool'), async (importOriginal) => {
  const { default: Pool } = await importOriginal();
  const Moody = class extends Pool {
    constructor(options: ConstructorParameters<typeof Pool>[0]) {
      if (failures-- > 0) throw new Error('no memory for a pool');
      super(options);
    }
  };
  return { default: Moody } as never;
});

it('connections that could not be prepared are for the next mail, and no mail was sent without them', async () => {
  const server = await openSmtpServer();
  const channel = smtpChannel({ port: server.port });

  failures = 1;
  const sends = [1, 2].map((id) => rejectionOf(() => sendMail(channel, { id: `delivery-${id}` })));
  for (const error of await Promise.all(sends))
    expect(error).toMatchObject({ name: 'ChannelError', kind: 'transient', scope: 'provider' });
  await sendMail(channel, { id: 'delivery-3' });
  await sendMail(channel, { id: 'delivery-4' });

  expect(server.mails).toHaveLength(2);
  expect(server.connectionCount).toBe(1);
});

it('a channel whose connections could not be prepared is closed all the same', async () => {
  const channel = smtpChannel({ port: 1 });

  failures = 1;
  const failed = rejectionOf(() => sendMail(channel));

  await expect(channel.close()).resolves.toBeUndefined();
  expect(await failed).toMatchObject({ kind: 'transient' });
});
