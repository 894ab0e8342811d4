import { createHash } from 'node:crypto';
import type MimeNode from 'nodemailer/lib/mime-node';
import { type Attachment, inOneLine, shop, unsubscribeUrl } from '../../notifications/index.ts';
import type { OutgoingMessage } from '../channel.ts';
import { encodeHeaders } from './mail-headers.ts';

export interface Mail {
  readonly deliveryId: string;
  readonly from: string;
  readonly fromName: string;
  readonly to: string;
  readonly toName: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly attachments: readonly Attachment[];
  readonly sentAtMs: number;
  /** Where a POST ends mails like this one (RFC 8058); null when nothing does. */
  readonly unsubscribeUrl: string | null;
}

export interface AddressedMail {
  message: OutgoingMessage;
  deliveryId: string;
  sentAtMs: number;
  /** Signs the links with which mails are ended. Left out: mails have none. */
  unsubscribeSecret?: string | undefined;
}

/** The notification as a mail, from the shop unless it says otherwise. */
export function mailOf({
  message: {
    to,
    recipientName,
    content,
    attachments = [],
    unsubscription,
    from = { name: shop.name, address: shop.sender },
  },
  deliveryId,
  sentAtMs,
  unsubscribeSecret,
}: AddressedMail): Mail {
  const mayUnsubscribe = unsubscription !== undefined && unsubscribeSecret !== undefined;
  return {
    deliveryId,
    from: from.address,
    fromName: inOneLine(from.name),
    to,
    toName: inOneLine(recipientName),
    subject: inOneLine(content.subject ?? ''),
    text: content.text,
    html: content.html ?? '',
    attachments,
    sentAtMs,
    unsubscribeUrl: mayUnsubscribe ? unsubscribeUrl(unsubscription, unsubscribeSecret) : null,
  };
}

/**
 * The mail as it goes over the wire: RFC 5322, multipart/alternative, in multipart/mixed where something is attached, composed by nodemailer. A mail program shows its
 * names and its subject letter by letter as they stand in `mail`. The same mail gives the same bytes. nodemailer is loaded at the
 * first call.
 */
export async function composeMail(mail: Mail): Promise<string> {
  const bytes = await (await compileMail(mail)).build();
  return bytes.toString('utf8');
}

/** The same, to be read as a stream, with the envelope that follows from its addresses. */
export async function compileMail(mail: Mail): Promise<MimeNode> {
  const { default: MailComposer } = await import('nodemailer/lib/mail-composer');
  const composer = new MailComposer({
    from: { name: mail.fromName, address: mail.from },
    to: { name: mail.toName, address: mail.to },
    subject: mail.subject,
    text: mail.text,
    html: mail.html,
    attachments: mail.attachments.map(partOf),
    date: new Date(mail.sentAtMs),
    messageId: `<${messageId(mail.deliveryId)}>`,
    baseBoundary: digest(mail.deliveryId).slice(0, 24),
    ...(mail.unsubscribeUrl !== null && { headers: oneClick(mail.unsubscribeUrl) }),
    newline: 'windows', // a line of a mail ends in CR LF; servers refuse the line feeds of our texts
  });
  return encodeHeaders(composer.compile(), mail);
}

/** Base64 whatever it is: the line ends of a text are a part of it. */
const partOf = ({ filename, contentType, content }: Attachment) => ({
  filename,
  contentType,
  content: Buffer.from(content),
  contentTransferEncoding: 'base64' as const,
});

/** Prepared: a URL is ASCII already, and must not be folded. */
const oneClick = (url: string) => ({
  'List-Unsubscribe': { prepared: true, value: `<${url}>` },
  'List-Unsubscribe-Post': { prepared: true, value: 'List-Unsubscribe=One-Click' },
});

/**
 * The delivery's id as a Message-ID, without its angle brackets: a digest, since ids may hold characters that a header may
 * not.
 */
export function messageId(deliveryId: string): string {
  return `${digest(deliveryId)}@${new URL(shop.url).hostname}`;
}

const digest = (text: string): string => createHash('sha256').update(text).digest('hex');
