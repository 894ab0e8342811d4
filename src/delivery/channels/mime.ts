import { createHash } from 'node:crypto';
import { shop } from '../../notifications/index.ts';

export interface Mail {
  readonly deliveryId: string;
  readonly from: string;
  readonly to: string;
  readonly toName: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly sentAtMs: number;
}

/**
 * The mail as it goes over the wire: RFC 5322, multipart/alternative, composed by nodemailer, which keeps
 * control characters out of the headers. The same mail gives the same bytes. nodemailer is loaded at the
 * first call.
 */
export async function composeMail(mail: Mail): Promise<string> {
  const { default: MailComposer } = await import('nodemailer/lib/mail-composer');
  const composer = new MailComposer({
    from: { name: shop.name, address: mail.from },
    to: { name: mail.toName, address: mail.to },
    subject: mail.subject,
    text: mail.text,
    html: mail.html,
    date: new Date(mail.sentAtMs),
    messageId: messageId(mail.deliveryId),
    baseBoundary: digest(mail.deliveryId).slice(0, 24),
  });
  const bytes = await composer.compile().build();
  return bytes.toString('utf8');
}

/** The delivery's id as a Message-ID: a digest, since ids may hold characters that a header may not. */
function messageId(deliveryId: string): string {
  return `<${digest(deliveryId)}@${new URL(shop.url).hostname}>`;
}

const digest = (text: string): string => createHash('sha256').update(text).digest('hex');
