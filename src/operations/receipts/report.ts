import type { TakenReceipt } from '../../delivery/index.ts';
import type { Document, Line } from '../../report/index.ts';
import { receiptInWords } from '../flow/index.ts';

/** A line each: the delivery, or the provider's id where nobody knows one, and what was reported of it. */
export const takenDocument = (taken: readonly TakenReceipt[]): Document => [
  {
    kind: 'paragraph',
    lines:
      taken.length === 0
        ? [{ text: 'Nothing to record: what is only late has not ended yet.' }]
        : taken.map(lineOf),
  },
];

function lineOf(taken: TakenReceipt): Line {
  const { receipt, delivery } = taken;
  const what = delivery === null ? receipt.providerMessageId : delivery.notificationId;
  return { sign: signs[taken.result], text: `${what} ${receipt.channel}: ${receiptInWords(taken)}` };
}

const signs = {
  recorded: { text: '✓', tone: 'good' },
  repeated: { text: '–', tone: 'warning' },
  unknown: { text: '?', tone: 'bad' },
} as const;

/** As JSON has it: no address, and nothing in the words of others. */
export const plainTaken = ({ receipt, result, delivery, isSuppressed }: TakenReceipt): object => ({
  result,
  notificationId: delivery?.notificationId ?? null,
  customerId: delivery?.customerId ?? null,
  channel: receipt.channel,
  providerMessageId: receipt.providerMessageId,
  status: receipt.status,
  code: receipt.code,
  meaning: receipt.meaning,
  isSuppressed,
});
