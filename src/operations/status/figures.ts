import type {
  DeadMessages,
  DeliveryGroup,
  DeliveryStatistics,
  DeliveryStatus,
  DeliveryTimes,
  LastWords,
  OldestPending,
  ReceiptStatus,
} from '../../datastore/index.ts';

/** Reason code → how many deliveries, the most first. */
export type ReasonCounts = Readonly<Record<string, number>>;

/** What became of the deliveries; `requested` is the sum of `sent`, `skipped`, `deadLettered` and `pending`. */
export interface Figures {
  readonly requested: number;
  readonly sent: number;
  readonly skipped: number;
  readonly deadLettered: number;
  readonly pending: number;
  /** How many of the pending are deferred; the others are in hand, or were when their process died. */
  readonly waiting: number;
  /** When the first of those that wait is due: milliseconds since the epoch. Null: none waits. */
  readonly nextDueAtMs: number | null;
  /** When the one that has been pending longest was requested. Null: none is. */
  readonly oldestPendingAtMs: number | null;
  /** How many failed at least once, or are dead letters. */
  readonly failed: number;
  /** How many of the failed were sent in the end. */
  readonly recovered: number;
  /** Sent ÷ (sent + dead-lettered), from 0 to 1; what was skipped was never to be sent. Null: neither. */
  readonly successRate: number | null;
  /** How often a provider was asked. */
  readonly attempts: number;
  /** For how many deliveries a provider was asked. */
  readonly asked: number;
  /** Attempts ÷ asked. Null: no provider was asked. */
  readonly averageAttempts: number | null;
  readonly skippedByReason: ReasonCounts;
  readonly deadLetteredByReason: ReasonCounts;
  readonly waitingByReason: ReasonCounts;
  /** Of the sent: how many were reported to have come to what, by the provider, behind its yes. */
  readonly reported: Readonly<Record<ReceiptStatus, number>>;
  /** From the request to the provider's yes. Null: nothing was sent. */
  readonly deliveryTime: DeliveryTimes | null;
}

export interface ChannelFigures extends Figures {
  readonly channel: string;
}

/** Deliveries of one channel that failed alike, and how they stand. */
export interface Failures {
  readonly channel: string;
  readonly status: DeliveryStatus;
  /** Of the latest verdict: why it was given up, or waits. Null: it was sent in the end. */
  readonly reason: string | null;
  /** Of the latest failed attempt; null where none is on record. */
  readonly errorCode: string | null;
  /** What the latest failure said, in the provider's own words: an address may be in them. Null: not on record. */
  readonly words: string | null;
  readonly count: number;
  /** The latest: milliseconds since the epoch. */
  readonly lastAtMs: number;
}

/** The figures of a whole ledger. */
export interface Status extends Figures {
  /** By name. */
  readonly channels: readonly ChannelFigures[];
  /** The latest first. */
  readonly failures: readonly Failures[];
  /** Of the durable bus, by subscriber. */
  readonly deadMessages: readonly DeadMessages[];
}

/** Adds up what the datastore has counted. */
export function statusOf(statistics: DeliveryStatistics): Status {
  const { groups, times, oldestPending, lastWords, deadMessages, receipts } = statistics;
  const timeOf = (channel: string | null) => times.find((time) => time.channel === channel);
  const names = [...new Set(groups.map(({ channel }) => channel))];
  return {
    ...figuresOf({ groups, time: timeOf(null), pending: oldestPending, receipts }),
    channels: names.map((channel) => ({
      channel,
      ...figuresOf({
        groups: groups.filter((group) => group.channel === channel),
        time: timeOf(channel),
        pending: oldestPending.filter((each) => each.channel === channel),
        receipts: receipts.filter((group) => group.channel === channel),
      }),
    })),
    failures: groups
      .filter(hasFailed)
      .map((group) => failuresOf(group, lastWords.find((said) => isOf(said, group))?.words ?? null))
      .sort((one, other) => other.lastAtMs - one.lastAtMs),
    deadMessages,
  };
}

interface Counted extends Pick<DeliveryStatistics, 'groups' | 'receipts'> {
  readonly time: DeliveryTimes | undefined;
  readonly pending: readonly OldestPending[];
}

function figuresOf({ groups, time, pending, receipts }: Counted): Figures {
  const of = (status: DeliveryStatus): DeliveryGroup[] => groups.filter((group) => group.status === status);
  const sent = sum(of('sent'), 'count');
  const deadLettered = sum(of('dead_lettered'), 'count');
  const failed = groups.filter(hasFailed);
  const [attempts, asked] = [sum(groups, 'attempts'), sum(groups, 'asked')];
  return {
    requested: sum(groups, 'count'),
    sent,
    skipped: sum(of('skipped'), 'count'),
    deadLettered,
    pending: sum(of('pending'), 'count'),
    waiting: sum(of('pending'), 'waiting'),
    nextDueAtMs: earliest(of('pending').map(({ nextDueAtMs }) => nextDueAtMs)),
    oldestPendingAtMs: earliest(pending.map(({ requestedAtMs }) => requestedAtMs)),
    failed: sum(failed, 'count'),
    recovered: sum(of('sent').filter(hasFailed), 'count'),
    successRate: ratio(sent, sent + deadLettered),
    attempts,
    asked,
    averageAttempts: ratio(attempts, asked),
    skippedByReason: byReason(of('skipped'), 'count'),
    deadLetteredByReason: byReason(of('dead_lettered'), 'count'),
    waitingByReason: byReason(of('pending'), 'waiting'),
    reported: reportedIn(receipts),
    deliveryTime: time ?? null,
  };
}

function reportedIn(receipts: DeliveryStatistics['receipts']): Figures['reported'] {
  const count = (wanted: ReceiptStatus): number =>
    receipts.reduce((total, { status, count }) => total + (status === wanted ? count : 0), 0);
  return { delivered: count('delivered'), bounced: count('bounced'), failed: count('failed') };
}

/** A dead letter of an older ledger has no failure on record, and has failed all the same. */
const hasFailed = ({ status, errorCode }: DeliveryGroup): boolean =>
  status === 'dead_lettered' || errorCode !== null;

const isOf = (said: LastWords, group: DeliveryGroup): boolean =>
  said.channel === group.channel &&
  said.status === group.status &&
  said.reason === group.reason &&
  said.errorCode === group.errorCode;

const failuresOf = (
  { channel, status, reason, errorCode, count, lastFailedAtMs }: DeliveryGroup,
  words: string | null,
): Failures => ({
  channel,
  status,
  reason: status === 'sent' ? null : reason,
  errorCode,
  words,
  count,
  lastAtMs: lastFailedAtMs ?? 0,
});

const sum = (groups: readonly DeliveryGroup[], what: 'count' | 'attempts' | 'asked' | 'waiting'): number =>
  groups.reduce((total, group) => total + group[what], 0);

const ratio = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);

function earliest(times: readonly (number | null)[]): number | null {
  const moments = times.filter((atMs) => atMs !== null);
  return moments.length === 0 ? null : Math.min(...moments);
}

function byReason(groups: readonly DeliveryGroup[], what: 'count' | 'waiting'): ReasonCounts {
  const counts = new Map<string, number>();
  for (const group of groups) {
    if (group[what] === 0) continue;
    const reason = group.reason ?? 'unknown';
    counts.set(reason, (counts.get(reason) ?? 0) + group[what]);
  }
  return Object.fromEntries([...counts].sort(([, one], [, other]) => other - one));
}
