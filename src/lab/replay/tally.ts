import type { Ledger, LedgerLine } from '../../datastore/index.ts';
import { notificationKinds } from '../../notifications/index.ts';

/** Reason code → how many deliveries. */
export type ReasonCounts = Readonly<Record<string, number>>;

/** What became of the deliveries of one notification. */
export interface NotificationTally {
  readonly notification: string;
  readonly requested: number;
  readonly sent: number;
  readonly skipped: ReasonCounts;
  readonly deadLettered: ReasonCounts;
  readonly pending: number;
  /** Deliveries that waited at least once, by what they waited for; however they ended. */
  readonly waited: ReasonCounts;
}

interface Counting {
  readonly notification: string;
  requested: number;
  sent: number;
  readonly skipped: Record<string, number>;
  readonly deadLettered: Record<string, number>;
  pending: number;
  readonly waited: Record<string, number>;
}

/** How many notifications are read from the ledger at once. */
const pageSize = 1000;

/** Counts the whole ledger by notification, in the order of the catalogue; those never requested are left out. */
export async function tallyNotifications(ledger: Ledger): Promise<readonly NotificationTally[]> {
  const tallies = new Map(Object.keys(notificationKinds).map((type) => [type, emptyTally(type)]));
  for await (const lines of ledger.pages(pageSize)) {
    const typeOf = new Map(lines.map(({ notification: { id, type } }) => [id, type]));
    for (const line of lines) count(tallyOf(tallies, line.notification.type), line);
    for (const key of await deferrals(ledger, [...typeOf.keys()])) {
      addOne(tallyOf(tallies, typeOf.get(key.notificationId) ?? '').waited, key.reason);
    }
  }
  return [...tallies.values()].filter(({ requested }) => requested > 0);
}

function count(tally: Counting, { delivery: { status, reason } }: LedgerLine): void {
  tally.requested++;
  if (status === 'sent') tally.sent++;
  else if (status === 'pending') tally.pending++;
  else addOne(status === 'skipped' ? tally.skipped : tally.deadLettered, reason ?? 'unknown');
}

/** A delivery that waited twice for the same counts once. */
async function deferrals(ledger: Ledger, notificationIds: readonly string[]) {
  const verdicts = await ledger.verdicts(notificationIds);
  const deferred = verdicts.filter(({ untilMs }) => untilMs !== null);
  const keyOf = ({ notificationId, channel, reason }: (typeof deferred)[number]): string =>
    JSON.stringify([notificationId, channel, reason]);
  return new Map(deferred.map((verdict) => [keyOf(verdict), verdict])).values();
}

function tallyOf(tallies: Map<string, Counting>, type: string): Counting {
  const tally = tallies.get(type) ?? emptyTally(type);
  tallies.set(type, tally);
  return tally;
}

const emptyTally = (notification: string): Counting => ({
  notification,
  requested: 0,
  sent: 0,
  skipped: {},
  deadLettered: {},
  pending: 0,
  waited: {},
});

function addOne(counts: Record<string, number>, reason: string): void {
  counts[reason] = (counts[reason] ?? 0) + 1;
}
