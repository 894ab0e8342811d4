import { extractText, getDocumentProxy, getMeta } from 'unpdf';
import { type Attachment, createTemplates } from '../../../src/notifications/index.ts';

export interface ReceiptOptions {
  customerName?: string;
  locale?: string;
  timeZone?: string;
  orderId?: string;
  items?: readonly { name: string; quantity: number; unitPrice: { amount: number; currency: string } }[];
  amount?: { amount: number; currency: string };
  /** In place of all others. */
  variables?: object;
  maxAttachmentBytes?: number;
}

export const euro = (amount: number) => ({ amount, currency: 'EUR' });

const paidAt = Date.parse('2026-03-02T23:30:00Z');

/** What goes with the mail that says that Kim has paid. */
export function receipt(options: ReceiptOptions = {}): Attachment {
  const { customerName = 'Kim Lund', locale = 'en-GB', timeZone = 'Europe/London' } = options;
  const { orderId = 'ord-1', maxAttachmentBytes } = options;
  const { items = [{ name: 'Helmet', quantity: 2, unitPrice: euro(3499) }], amount = euro(6998) } = options;
  const templates = createTemplates(maxAttachmentBytes === undefined ? {} : { maxAttachmentBytes });
  const attachments = templates.attachments?.({
    type: 'payment-received',
    family: 'email',
    locale,
    customerName,
    occurredAtMs: paidAt,
    timeZone,
    variables: options.variables ?? { orderId, paymentId: 'pay-1', amount, items },
  });
  const [first, ...others] = attachments ?? [];
  if (first === undefined || others.length > 0) throw new Error('one receipt was expected');
  return first;
}

/** What a program that knows nothing of ours reads in a PDF, page by page. */
export async function pagesOf({ content }: Attachment): Promise<string[]> {
  const { text } = await extractText(await getDocumentProxy(content.slice()));
  return text;
}

export async function metaOf({ content }: Attachment) {
  return getMeta(await getDocumentProxy(content.slice()));
}

export const textIn = ({ content }: Attachment): string => new TextDecoder().decode(content);
