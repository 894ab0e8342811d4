import { millisecondsInDay } from 'date-fns/constants';
import { z } from 'zod';
import { describeIssues } from '../events/index.ts';
import {
  type BreakerPolicy,
  defaultBreakerPolicy,
  defaultRetryPolicy,
  type RetryPolicy,
} from '../kernel/index.ts';
import { type NotificationType, notificationKinds, type Usefulness } from '../notifications/index.ts';
import { InvalidSettingError } from './errors.ts';

/** How deliveries behave when a provider fails. Everything may be left out. */
export interface DeliverySettings {
  /**
   * Of what may succeed later, for all channels. Left out, each has its own: mails and webhooks are tried for ten hours
   * (greylisting, restarts, deploys), everything else for minutes. What is left out of a given one: 3 attempts, the
   * n-th failure waits up to 1,000 × 2^(n − 1) ms, and never more than 60,000.
   */
  retry?: Partial<RetryPolicy>;
  /** The same for single channels, by their names. */
  retryOf?: Readonly<Record<string, Partial<RetryPolicy>>>;
  /** How many messages each channel's provider is given in a second at most. Left out: as many as it takes. */
  ratePerSecond?: number;
  /** What a provider asks us to wait is never undercut, up to this. Default 24 hours. */
  maxRetryAfterMs?: number;
  /** How long a provider may take to answer before its answer counts as unknown. Default 30,000. */
  sendTimeoutMs?: number;
  /**
   * What to do when nobody knows whether a message was sent. Default `send-again`: under the same
   * idempotency key, as after any failure, so that a customer may get it twice from a provider that does
   * not look at the key. `dead-letter`: never twice, but perhaps not at all until a person has looked.
   */
  onUnknownOutcome?: 'send-again' | 'dead-letter';
  /** Of the circuit breaker that each channel has. Default: 5 failures in a row open it for 60,000 ms. */
  breaker?: Partial<BreakerPolicy>;
  /**
   * By type, for how many minutes after its cause a notification is worth sending. What is older is skipped as
   * `expired`, and no retry waits longer. Default: as the catalogue says, which is a day for `price-drop`, and always
   * for any other.
   */
  usefulForMinutes?: Usefulness;
  /**
   * How many segments an SMS may take, each of which is billed; what is longer is cut between two characters, ends with an
   * ellipsis and a link, and is on record as `shortened`. Default 3: 459 letters of GSM-7, 201 of any other alphabet.
   */
  maxSmsSegments?: number;
  /** How many deliveries of each channel are in memory at most; what is more waits in the ledger. Default 1,000. */
  maxInHand?: number;
  /** How long `stop` waits for providers before it leaves what they were given. Default 15,000. */
  stopWithinMs?: number;
}

const seconds = 1000;
const minutes = 60 * seconds;
const hours = 60 * minutes;

/** What may take hours to be well again, and is still worth saying then. */
const patient = scheduled([
  5 * seconds,
  30 * seconds,
  2 * minutes,
  10 * minutes,
  1 * hours,
  3 * hours,
  6 * hours,
]);
/** What is read at once or not at all. */
const brisk = scheduled([2 * seconds, 10 * seconds, 30 * seconds, 2 * minutes, 5 * minutes]);

/** How each channel retries unless a setting says otherwise; any other channel is as `sms`. */
export const defaultRetries: Readonly<Record<string, RetryPolicy>> = {
  email: patient,
  webhook: patient,
  sms: brisk,
  push: brisk,
};

function scheduled(delaysMs: readonly number[]): RetryPolicy {
  return { ...defaultRetryPolicy, maxAttempts: delaysMs.length + 1, delaysMs };
}

/** How a channel retries. */
export const retryOf = ({ retry, retryOf: byChannel }: CompleteSettings, channel: string): RetryPolicy =>
  byChannel[channel] ?? retry ?? defaultRetries[channel] ?? brisk;

const types = Object.keys(notificationKinds) as NotificationType[];

const retryPolicy = z.object({
  maxAttempts: z.int().positive().default(defaultRetryPolicy.maxAttempts),
  initialDelayMs: z.number().nonnegative().default(defaultRetryPolicy.initialDelayMs),
  backoffMultiplier: z.number().min(1).default(defaultRetryPolicy.backoffMultiplier),
  maxDelayMs: z.number().nonnegative().default(defaultRetryPolicy.maxDelayMs),
  jitter: z.boolean().exactOptional(),
  delaysMs: z.array(z.number().nonnegative()).readonly().exactOptional(),
});

const schema = z.object({
  retry: retryPolicy.optional(),
  retryOf: z.record(z.string(), retryPolicy).default({}),
  ratePerSecond: z.number().min(0.001).optional(),
  maxRetryAfterMs: z.number().nonnegative().default(millisecondsInDay),
  sendTimeoutMs: z.number().min(1).default(30_000),
  onUnknownOutcome: z.enum(['send-again', 'dead-letter']).default('send-again'),
  breaker: z
    .object({
      failureThreshold: z.int().positive().default(defaultBreakerPolicy.failureThreshold),
      resetAfterMs: z.number().min(1).default(defaultBreakerPolicy.resetAfterMs),
    })
    .prefault({}),
  usefulForMinutes: z.partialRecord(z.enum(types), z.number().nonnegative()).default({}),
  maxSmsSegments: z.int().positive().max(255).default(3),
  maxInHand: z.int().positive().default(1000),
  stopWithinMs: z.number().nonnegative().default(15_000),
});

export type CompleteSettings = z.output<typeof schema>;

/** @throws {InvalidSettingError} when some make no sense; names all of them. */
export function completeSettings(given: DeliverySettings): CompleteSettings {
  const result = schema.safeParse(given);
  if (!result.success) throw new InvalidSettingError(describeIssues(result.error));
  return result.data;
}
