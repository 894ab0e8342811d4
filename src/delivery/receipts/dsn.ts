import type { Attachment, Email } from 'postal-mime';
import { messageOf } from '../../kernel/index.ts';
import { actionOf, addressIn, detailIn, type Fields, fieldGroups, fieldsOf, statusIn } from './dsn-fields.ts';
import type { ReportedReceipt } from './reported-receipt.ts';

/** What a delivery report says, and what could not be made of it: a line each, without an address. */
export interface ReadDsn {
  /** One for each recipient of whom it says how it ended; of a mail that is only late there is none. */
  readonly receipts: readonly ReportedReceipt[];
  readonly errors: readonly string[];
}

/** A mail of the shop has one recipient; a list behind it may have more. */
const mostRecipients = 100;

/**
 * What a mail to the sender of the shop's mails reports of them (RFC 3464, `multipart/report`), for `receipts.take`. Never
 * throws: whatever else comes to that mailbox, such as a note that somebody is on holiday, is an error. It is not told
 * who has written it: whoever takes such mails in has that checked by the mail server.
 */
export async function receiptsOfDsn(mail: string | Uint8Array): Promise<ReadDsn> {
  let parsed: Email;
  try {
    // Loaded for the first one only, since it costs start-up time.
    const { default: PostalMime } = await import('postal-mime');
    parsed = await PostalMime.parse(mail, { forceRfc822Attachments: true, maxNestingDepth: 20 });
  } catch (thrown) {
    return error(`it cannot be read as a mail: ${messageOf(thrown)}`);
  }
  const report = partOf(parsed, ['message/delivery-status', 'message/global-delivery-status']);
  if (report === undefined) return error('it is no delivery report: it has no part message/delivery-status');
  const groups = fieldGroups(report);
  const recipients = groups.filter(isOfRecipient);
  if (recipients.length === 0) return error('its part message/delivery-status names no recipient');
  const providerMessageId = messageIdOf(parsed, groups);
  if (providerMessageId === undefined)
    return error(
      'it does not say which mail it is about: it has neither Message-ID nor Original-Envelope-Id',
    );
  return readRecipients(recipients, { providerMessageId, sentAt: parsed.date });
}

const error = (text: string): ReadDsn => ({ receipts: [], errors: [text] });

const isOfRecipient = (fields: Fields): boolean =>
  ['final-recipient', 'original-recipient', 'action'].some((name) => fields.has(name));

function readRecipients(
  recipients: readonly Fields[],
  { providerMessageId, sentAt }: { providerMessageId: string; sentAt: string | undefined },
): ReadDsn {
  const receipts: ReportedReceipt[] = [];
  const errors: string[] = [];
  for (const [index, fields] of recipients.slice(0, mostRecipients).entries()) {
    const place = `recipient ${index + 1}`;
    const action = actionOf(fields);
    const recipient = addressIn(fields);
    if (action === undefined)
      errors.push(`${place}: Action is none of failed, delayed, delivered, relayed, expanded`);
    else if (recipient === undefined) errors.push(`${place}: it has no Final-Recipient`);
    else if (action === 'failed' || action === 'delivered') {
      const code = statusIn(fields);
      // What is refused for good bounces; what was given up after days of "not now" has failed.
      const isRefused = code === undefined || code.startsWith('5');
      receipts.push({
        channel: 'email',
        providerMessageId,
        status: action === 'delivered' ? 'delivered' : isRefused ? 'bounced' : 'failed',
        recipient,
        code,
        detail: detailIn(fields),
        atMs: momentIn(fields.get('last-attempt-date') ?? sentAt),
      });
    }
  }
  const more = recipients.length - mostRecipients;
  if (more > 0) errors.push(`${more} more recipients than ${mostRecipients} are not read`);
  return { receipts, errors };
}

/** Of the mail that comes back with it, or what the shop gave its server as the envelope's id (RFC 3461). */
function messageIdOf(parsed: Email, groups: readonly Fields[]): string | undefined {
  const returned = partOf(parsed, [
    'message/rfc822',
    'text/rfc822-headers',
    'message/global',
    'message/global-headers',
  ]);
  const headers = returned === undefined ? undefined : fieldsOf(returned.split(/\n[ \t]*\n/, 1)[0] ?? '');
  const envelopeId = groups
    .map((fields) => fields.get('original-envelope-id'))
    .find((id) => id !== undefined);
  const ids = [headers?.get('message-id'), envelopeId, parsed.inReplyTo];
  return ids.map((id) => id?.trim()).find((id) => id !== undefined && /^\P{C}{1,998}$/u.test(id));
}

function partOf({ attachments }: Email, types: readonly string[]): string | undefined {
  const part = attachments.find(({ mimeType }) => types.includes(mimeType.toLowerCase()));
  return part && textOf(part);
}

const textOf = ({ content }: Attachment): string =>
  (typeof content === 'string' ? content : new TextDecoder().decode(content)).replaceAll(/\r\n?/g, '\n');

function momentIn(date: string | undefined): number | undefined {
  const atMs = date === undefined ? Number.NaN : Date.parse(date);
  return Number.isNaN(atMs) ? undefined : atMs;
}
