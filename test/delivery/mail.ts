import PostalMime, { type Email } from 'postal-mime';
import { type CapturedEmail, captureEmail } from '../../src/delivery/index.ts';
import { VirtualClock } from '../../src/kernel/index.ts';
import { noonMs } from '../support/requests.ts';
import { sendContext } from '../support/send-context.ts';

export interface MailOptions {
  deliveryId?: string;
  recipientName?: string;
  subject?: string;
  text?: string;
  html?: string;
}

/** One mail, captured at noon. */
export async function captureMail(options: MailOptions = {}): Promise<CapturedEmail> {
  const { deliveryId = 'order-shipped:order-1:kim:email', recipientName = 'Kim Lund' } = options;
  const { subject = 'Your order is on its way', text = 'Hello Kim', html = '<p>Hello Kim</p>' } = options;
  const channel = captureEmail({ clock: new VirtualClock(noonMs) });
  await channel.send(
    { to: 'kim@example.com', recipientName, content: { subject, text, html } },
    sendContext(deliveryId),
  );
  const mail = channel.outbox.find(deliveryId);
  if (mail === undefined) throw new Error('it was not captured');
  return mail;
}

/** What a mail program reads out of the bytes on the wire. */
export async function readMail(options: MailOptions = {}): Promise<Email> {
  return PostalMime.parse(await (await captureMail(options)).mime());
}
