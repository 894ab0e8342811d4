import type { DeliveryStatus, ReceiptStatus } from './records.ts';

/** Deliveries of one channel that stand alike. Times are milliseconds since the epoch. */
export interface DeliveryGroup {
  readonly channel: string;
  readonly status: DeliveryStatus;
  readonly reason: string | null;
  /** Of their latest failed attempt; null when none is on record. */
  readonly errorCode: string | null;
  readonly count: number;
  /** How often a provider was asked, all together and before a re-drive too: it only climbs. */
  readonly attempts: number;
  /** For how many of them a provider was asked at all. */
  readonly asked: number;
  /** How many are deferred, and when the first of these is due. */
  readonly waiting: number;
  readonly nextDueAtMs: number | null;
  /** When one of them last failed: a dead letter when it was given up, any other at its latest failed attempt. */
  readonly lastFailedAtMs: number | null;
}

/** From the request to the provider's yes, over what was sent: nearest-rank percentiles, exact. */
export interface DeliveryTimes {
  /** Null: all channels together. */
  readonly channel: string | null;
  /** How many were sent; never 0. */
  readonly count: number;
  readonly minMs: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
  readonly totalMs: number;
}

/** Sent deliveries of one channel that took equally many attempts, those before a re-drive too. */
export interface AttemptCount {
  readonly channel: string;
  readonly attempts: number;
  readonly count: number;
}

/** The request of a channel that has waited longest for its end: milliseconds since the epoch. */
export interface OldestPending {
  readonly channel: string;
  readonly requestedAtMs: number;
}

/** What the latest failure of a group said, in the provider's own words: they may hold an address. */
export interface LastWords extends Pick<DeliveryGroup, 'channel' | 'status' | 'reason' | 'errorCode'> {
  readonly words: string;
}

/** Deliveries of one channel of which the provider has reported the same; of several reports the weightiest counts. */
export interface ReceiptGroup {
  readonly channel: string;
  readonly status: ReceiptStatus;
  readonly count: number;
}

/** What a subscriber could not handle, and was given up for it; `bus`: what nobody could read. */
export interface DeadMessages {
  readonly subscriber: string;
  readonly count: number;
}

export interface DeliveryStatistics {
  /** In the order of their channels. */
  readonly groups: readonly DeliveryGroup[];
  /** By channel, then by attempts. */
  readonly sentAfter: readonly AttemptCount[];
  /** Of each channel on which something is pending. */
  readonly oldestPending: readonly OldestPending[];
  readonly lastWords: readonly LastWords[];
  /** Of each subscriber of the durable bus that has any. */
  readonly deadMessages: readonly DeadMessages[];
  /** Of every channel on which something was sent; none when nothing was. */
  readonly times: readonly DeliveryTimes[];
  /** Each sent delivery of which anything was reported is in exactly one. */
  readonly receipts: readonly ReceiptGroup[];
}

/** A channel on which nothing has got through for a while. */
export interface Outage {
  readonly channel: string;
  /** Attempts that failed since the provider's last yes, of deliveries that have not been sent. */
  readonly failures: number;
}

/** From when on, and how long each slot is: milliseconds, since the epoch and of duration. */
export interface SlotsAsked {
  readonly fromMs: number;
  readonly slotMs: number;
}

/** How many deliveries were requested, failed for the first time, or came to how they stand, within one slot. */
export interface SlotCount {
  readonly what: 'requested' | 'failed' | DeliveryStatus;
  /** Counted from 0. Null: of what is pending, all of it. */
  readonly slot: number | null;
  readonly count: number;
}

/** How much of the log a subscriber has before it, whether it runs or not. */
export interface SubscriberBacklog {
  readonly subscriber: string;
  /** How many messages of each type it has not come to yet; which types it has a use for, it alone knows. */
  readonly unseen: Readonly<Record<string, number>>;
  /** Messages that it failed to handle, and is to be given again. */
  readonly retries: number;
}

/** Whose work is counted. */
export interface LoadAsked {
  readonly subscribers: readonly { readonly name: string; readonly types: readonly string[] | null }[];
  readonly channels: readonly string[];
  /** Milliseconds since the epoch. */
  readonly nowMs: number;
  /** Of each subscriber and each channel no more are counted. */
  readonly most: number;
}

/** What is to be done now. */
export interface Load {
  /** Messages that a subscriber has a use for and has not come to, of the one that has most. */
  readonly messages: number;
  /** Deliveries that are in hand or due, of all channels together. */
  readonly deliveries: number;
}

/**
 * Figures over whole tables, reckoned in the database. They read all of them, and the process does nothing
 * else meanwhile: 2 to 5 seconds for a million deliveries, at the memory of one.
 */
export interface Statistics {
  /** All deliveries, counted and timed at one moment: each is in exactly one group. */
  deliveries(): Promise<DeliveryStatistics>;
  /** Of channels whose provider was unavailable since its last yes; a refusal for good is an answer too. */
  outages(): Promise<readonly Outage[]>;
  /**
   * What happened in each slot, as the ledger has it now: slots in which nothing did are left out, and of what was
   * re-driven or discarded, the second end alone is known. A tenth of a second for a million deliveries of which few are that young,
   * and up to 2 s where all are.
   */
  overTime(asked: SlotsAsked): Promise<readonly SlotCount[]>;
  /** Of every subscriber that the datastore knows, by name. */
  backlog(): Promise<readonly SubscriberBacklog[]>;
  /** How much there is to do; unlike the others it looks at no more than it counts. */
  load(asked: LoadAsked): Promise<Load>;
  /** When the latest of all that is on record happened: milliseconds since the epoch. Undefined: nothing is. */
  latestMs(): Promise<number | undefined>;
}
