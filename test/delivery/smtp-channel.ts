import { onTestFinished } from 'vitest';
import { type Channel, type SmtpEmailOptions, smtpEmail } from '../../src/delivery/index.ts';
import { VirtualClock } from '../../src/kernel/index.ts';
import { noonMs } from '../support/requests.ts';
import { sendContext } from '../support/send-context.ts';

export interface SmtpChannelOptions extends Partial<SmtpEmailOptions> {
  /** Of a server on this computer; what `url` leaves out. */
  port?: number;
}

/** A channel that sends at noon, closed when the test is over. */
export function smtpChannel({ port, url, ...options }: SmtpChannelOptions): ReturnType<typeof smtpEmail> {
  const channel = smtpEmail({
    url: url ?? `smtp://127.0.0.1:${port}`,
    clock: new VirtualClock(noonMs),
    ...options,
  });
  onTestFinished(() => channel.close());
  return channel;
}

export interface MailToKim {
  id?: string;
  to?: string;
  recipientName?: string;
  subject?: string;
  text?: string;
  signal?: AbortSignal;
}

export function sendMail(channel: Channel, options: MailToKim = {}) {
  const { id = 'delivery-1', to = 'kim@example.com', recipientName = 'Kim Lund' } = options;
  const {
    subject = 'Grüße 🚲',
    text = 'Hello Kim\n.\n34,99 €',
    signal = new AbortController().signal,
  } = options;
  const content = { subject, text, html: '<p>Hello Kim</p>' };
  return channel.send({ to, recipientName, content }, sendContext(id, { signal }));
}
