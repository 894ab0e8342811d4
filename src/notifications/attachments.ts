import { attachmentFailed, attachmentsTooLarge } from './attachment-error.ts';
import { pdfOf } from './receipt/pdf.ts';
import { type ReceiptRequest, receiptOf } from './receipt/receipt.ts';
import { textOf } from './receipt/text.ts';

/** A file that goes with an email. */
export interface Attachment {
  /** A plain name: letters, digits, `.`, `_` and `-`, of whatever script. */
  readonly filename: string;
  /** A media type, such as `application/pdf`. */
  readonly contentType: string;
  readonly content: Uint8Array;
}

/** Mail servers take 10 to 25 MB, and in a mail a file is a third larger. A receipt has some kilobytes. */
export const defaultMaxAttachmentBytes = 5_000_000;

type Make = (request: ReceiptRequest) => readonly Attachment[];

/** What goes with an email, by type of notification. What is not here has nothing. */
const makers: Readonly<Record<string, Make>> = {
  'payment-received': (request) => [receiptFile(request)],
};

/** Whether anything goes with such an email. */
export const hasAttachments = (type: string): boolean => Object.hasOwn(makers, type);

/**
 * The same request gives the same bytes.
 * @throws {AttachmentError} one could not be made, or all together are too large to be sent.
 */
export function makeAttachments(
  type: string,
  request: ReceiptRequest,
  maxBytes: number,
): readonly Attachment[] {
  const attachments = made(type, request);
  const bytes = attachments.reduce((sum, { content }) => sum + content.length, 0);
  if (bytes > maxBytes) throw attachmentsTooLarge(type, bytes, maxBytes);
  return attachments;
}

function made(type: string, request: ReceiptRequest): readonly Attachment[] {
  try {
    return makers[type]?.(request) ?? [];
  } catch (thrown) {
    throw attachmentFailed(type, thrown);
  }
}

/** As PDF; a text where no font of ours has all that it says, since the reader's device does. */
function receiptFile(request: ReceiptRequest): Attachment {
  const receipt = receiptOf(request);
  const pdf = pdfOf(receipt);
  if (pdf !== undefined)
    return { filename: `${receipt.fileName}.pdf`, contentType: 'application/pdf', content: pdf };
  const content = new TextEncoder().encode(textOf(receipt));
  return { filename: `${receipt.fileName}.txt`, contentType: 'text/plain; charset=utf-8', content };
}
