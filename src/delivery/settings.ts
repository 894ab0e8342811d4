import { millisecondsInDay } from 'date-fns/constants';
import { defaultRetryPolicy, type RetryPolicy } from '../kernel/index.ts';
import { notificationKinds, type Usefulness } from '../notifications/index.ts';
import { type BreakerPolicy, defaultBreakerPolicy } from './circuit-breaker.ts';
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
  /** How many deliveries of each channel are in memory at most; what is more waits in the ledger. Default 1,000. */
  maxInHand?: number;
  /** How long `stop` waits for providers before it leaves what they were given. Default 15,000. */
  stopWithinMs?: number;
}

export interface CompleteSettings extends Required<Omit<DeliverySettings, 'retry' | 'ratePerSecond'>> {
  /** Undefined: each channel has its own. */
  readonly retry: RetryPolicy | undefined;
  readonly retryOf: Readonly<Record<string, RetryPolicy>>;
  readonly breaker: BreakerPolicy;
  readonly ratePerSecond: number | undefined;
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

const defaults: CompleteSettings = {
  retry: undefined,
  retryOf: {},
  ratePerSecond: undefined,
  maxRetryAfterMs: millisecondsInDay,
  sendTimeoutMs: 30_000,
  onUnknownOutcome: 'send-again',
  breaker: defaultBreakerPolicy,
  usefulForMinutes: {},
  maxInHand: 1000,
  stopWithinMs: 15_000,
};

/** @throws {InvalidSettingError} when one makes no sense. */
export function completeSettings(given: DeliverySettings): CompleteSettings {
  const settings: CompleteSettings = {
    retry: given.retry && { ...defaultRetryPolicy, ...given.retry },
    retryOf: Object.fromEntries(
      Object.entries(given.retryOf ?? {}).map(([channel, retry]) => [
        channel,
        { ...defaultRetryPolicy, ...retry },
      ]),
    ),
    ratePerSecond: given.ratePerSecond,
    maxRetryAfterMs: given.maxRetryAfterMs ?? defaults.maxRetryAfterMs,
    sendTimeoutMs: given.sendTimeoutMs ?? defaults.sendTimeoutMs,
    onUnknownOutcome: given.onUnknownOutcome ?? defaults.onUnknownOutcome,
    breaker: { ...defaults.breaker, ...given.breaker },
    usefulForMinutes: given.usefulForMinutes ?? defaults.usefulForMinutes,
    maxInHand: given.maxInHand ?? defaults.maxInHand,
    stopWithinMs: given.stopWithinMs ?? defaults.stopWithinMs,
  };
  check(settings);
  return settings;
}

function checkRetry(name: string, retry: RetryPolicy): void {
  countFromOne(`${name}.maxAttempts`, retry.maxAttempts);
  atLeast(0, `${name}.initialDelayMs`, retry.initialDelayMs);
  atLeast(1, `${name}.backoffMultiplier`, retry.backoffMultiplier);
  atLeast(0, `${name}.maxDelayMs`, retry.maxDelayMs);
  for (const [index, delayMs] of retry.delaysMs?.entries() ?? [])
    atLeast(0, `${name}.delaysMs[${index}]`, delayMs);
}

function check({ retry, breaker, ...settings }: CompleteSettings): void {
  if (retry !== undefined) checkRetry('retry', retry);
  for (const [channel, each] of Object.entries(settings.retryOf)) checkRetry(`retryOf.${channel}`, each);
  if (settings.ratePerSecond !== undefined) atLeast(0.001, 'ratePerSecond', settings.ratePerSecond);
  countFromOne('breaker.failureThreshold', breaker.failureThreshold);
  atLeast(1, 'breaker.resetAfterMs', breaker.resetAfterMs);
  atLeast(0, 'maxRetryAfterMs', settings.maxRetryAfterMs);
  atLeast(1, 'sendTimeoutMs', settings.sendTimeoutMs);
  for (const [type, minutes] of Object.entries(settings.usefulForMinutes)) {
    const types = Object.keys(notificationKinds);
    if (!types.includes(type)) throw new InvalidSettingError('usefulForMinutes', type, types.join(', '));
    atLeast(0, `usefulForMinutes.${type}`, minutes);
  }
  countFromOne('maxInHand', settings.maxInHand);
  atLeast(0, 'stopWithinMs', settings.stopWithinMs);
  const policies: readonly string[] = ['send-again', 'dead-letter'];
  if (!policies.includes(settings.onUnknownOutcome)) {
    throw new InvalidSettingError('onUnknownOutcome', settings.onUnknownOutcome, policies.join(' or '));
  }
}

function countFromOne(name: string, value: number): void {
  if (!Number.isSafeInteger(value) || value < 1)
    throw new InvalidSettingError(name, value, 'a whole number from 1');
}

function atLeast(least: number, name: string, value: number): void {
  if (!Number.isFinite(value) || value < least)
    throw new InvalidSettingError(name, value, `a number from ${least}`);
}
