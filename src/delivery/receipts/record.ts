import type { DeliveryReceipt } from '../../datastore/index.ts';
import { shop } from '../../notifications/index.ts';
import { meaningOf } from '../channels/smtp-answer.ts';
import type { ReportedReceipt } from './reported-receipt.ts';

/** A provider may send us a page where a line would do. */
const longestDetail = 500;

/** What is kept of it. */
export function toRecord(reported: ReportedReceipt, takenAtMs: number): DeliveryReceipt {
  const { channel, providerMessageId, status, recipient, atMs, code, detail } = reported;
  return {
    channel,
    providerMessageId: withoutBrackets(providerMessageId),
    status,
    recipient: recipient ?? null,
    atMs: atMs ?? null,
    takenAtMs,
    code: code ?? null,
    ...whatItMeans(reported),
    detail: detail === undefined ? null : inOneLine(detail),
  };
}

/** A Message-ID is written with them and without. */
const withoutBrackets = (id: string): string => id.trim().replace(/^<(.*)>$/, '$1');

const inOneLine = (text: string): string => text.replaceAll(/[\s\p{C}]+/gu, ' ').slice(0, longestDetail);

/** The rule by which a mail server's refusal at once is judged; nobody knows the words of the other providers. */
function whatItMeans(reported: ReportedReceipt): Pick<DeliveryReceipt, 'meaning' | 'suppress'> {
  const { channel, status, recipient = '', suppress } = reported;
  if (channel !== 'email' || status !== 'bounced') return { meaning: null, suppress: suppress ?? null };
  const verdict = meaningOf({
    stage: 'recipient',
    reply: replyOf(reported),
    to: recipient,
    from: shop.sender,
  });
  const judged = verdict.meaning === 'bad-mailbox' ? 'bounced' : null;
  return { meaning: verdict.because, suppress: suppress ?? judged };
}

/** As the recipient's server would have said it to us: each line with the reply code in front. */
function replyOf({ code = '', detail = '' }: ReportedReceipt): string {
  const said = detail.trim();
  const [replyCode = `${/^[45]/.exec(code)?.[0] ?? '5'}50`] = /^[45]\d\d(?=[ -]|$)/.exec(said) ?? [];
  const first = /^[245]\.\d{1,3}\.\d{1,3}$/.test(code) ? [`${replyCode} ${code}`] : [];
  const rest = said.startsWith(replyCode) ? said : `${replyCode} ${said}`;
  return [...first, rest].join('\n');
}
