import type { DeliveryRecord, Ledger, LedgerEntry, VerdictRecord } from '../../datastore/index.ts';
import { deliveryId, type Reason, type ReasonCode, reasons } from '../../notifications/index.ts';
import type { DeliveryExplanation, NotificationExplanation, Verdict } from './explanation.ts';

/** What became of each entry, from the ledger alone. */
export async function explainEntries(
  ledger: Ledger,
  entries: readonly LedgerEntry[],
): Promise<NotificationExplanation[]> {
  const verdicts = await ledger.verdicts(entries.map(({ notification }) => notification.id));
  return entries.map(({ notification: { id, type, customerId }, deliveries }) => {
    const own = verdicts.filter(({ notificationId }) => notificationId === id);
    return { id, type, customerId, deliveries: deliveries.map((delivery) => explainDelivery(delivery, own)) };
  });
}

function explainDelivery(delivery: DeliveryRecord, verdicts: readonly VerdictRecord[]): DeliveryExplanation {
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
