import type {
  DeliveryReceipt,
  DeliveryRecord,
  JoinedReceipt,
  Ledger,
  LedgerEntry,
  VerdictRecord,
} from '../../datastore/index.ts';
import { deliveryId, type Reason, type ReasonCode, reasons } from '../../notifications/index.ts';
import type {
  DeliveryExplanation,
  NotificationExplanation,
  ReceiptExplanation,
  Verdict,
} from './explanation.ts';

/** What became of each entry, from the ledger alone. */
export async function explainEntries(
  ledger: Ledger,
  entries: readonly LedgerEntry[],
): Promise<NotificationExplanation[]> {
  const ids = entries.map(({ notification }) => notification.id);
  const verdicts = await ledger.verdicts(ids);
  const receipts = await ledger.receipts(ids);
  return entries.map(({ notification: { id, type, customerId }, deliveries }) => {
    const own = verdicts.filter(({ notificationId }) => notificationId === id);
    return {
      id,
      type,
      customerId,
      deliveries: deliveries.map((delivery) => ({
        ...explainDelivery(delivery, own),
        reports: reportsOf(delivery, receipts),
      })),
    };
  });
}

function reportsOf(
  { notificationId, channel }: DeliveryRecord,
  receipts: readonly JoinedReceipt[],
): ReceiptExplanation[] {
  return receipts
    .filter((joined) => joined.notificationId === notificationId && joined.channel === channel)
    .map(({ receipt: { status, takenAtMs, atMs, code, meaning } }) => ({
      at: new Date(takenAtMs).toISOString(),
      status,
      words: receiptWords[status],
      providerAt: atMs === null ? null : new Date(atMs).toISOString(),
      code,
      meaning,
    }));
}

const receiptWords: Readonly<Record<DeliveryReceipt['status'], string>> = {
  delivered: 'it has arrived, says the provider',
  bounced: "the recipient's side has sent it back, says the provider",
  failed: 'the provider has given it up after it had taken it',
};

function explainDelivery(
  delivery: DeliveryRecord,
  verdicts: readonly VerdictRecord[],
): Omit<DeliveryExplanation, 'reports'> {
  const { notificationId, channel, status, receipt } = delivery;
  const passing = verdicts.filter((verdict) => verdict.channel === channel);
  // Only what was sent is refused as a repetition, so that comes after the end and all others before it.
  const isRepetition = ({ reason }: VerdictRecord): boolean => reason === 'duplicate';
  const all = [
    ...passing.filter((verdict) => !isRepetition(verdict)),
    ...endOf(delivery),
    ...passing.filter(isRepetition),
  ];
  const id = deliveryId(notificationId, channel);
  return { id, channel, status, verdicts: all.map((verdict) => inWords(verdict, channel)), receipt };
}

type Judgement = Pick<VerdictRecord, 'atMs' | 'reason' | 'untilMs'>;

function endOf({ reason, settledAtMs }: DeliveryRecord): Judgement[] {
  if (reason === null || settledAtMs === null) return [];
  return [{ atMs: settledAtMs, reason, untilMs: null }];
}

function inWords({ atMs, reason, untilMs }: Judgement, channel: string): Verdict {
  // A ledger may hold the reason of a newer program.
  const known: Reason | undefined = Object.hasOwn(reasons, reason)
    ? reasons[reason as ReasonCode]
    : undefined;
  return {
    at: new Date(atMs).toISOString(),
    reason,
    words: known?.words ?? 'a reason that this program does not know',
    until: untilMs === null ? null : new Date(untilMs).toISOString(),
    remedy: known?.remedy?.(channel) ?? null,
  };
}
