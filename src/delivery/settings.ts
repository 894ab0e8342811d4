import { defaultRetryPolicy, type RetryPolicy } from '../kernel/index.ts';
import { notificationKinds, type Usefulness } from '../notifications/index.ts';
import { type BreakerPolicy, defaultBreakerPolicy } from './circuit-breaker.ts';
import { InvalidSettingError } from './errors.ts';

/** How deliveries behave when a provider fails. Everything may be left out. */
export interface DeliverySettings {
  /**
   * Of what may succeed later. Default: 3 attempts, the n-th failure waits up to 1,000 × 2^(n − 1) ms, and
   * never more than 60,000.
   */
  retry?: Partial<RetryPolicy>;
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

export interface CompleteSettings extends Required<DeliverySettings> {
  readonly retry: RetryPolicy;
  readonly breaker: BreakerPolicy;
}

const defaults: CompleteSettings = {
  retry: defaultRetryPolicy,
  maxRetryAfterMs: 24 * 60 * 60 * 1000,
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
    retry: { ...defaults.retry, ...given.retry },
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

function check({ retry, breaker, ...settings }: CompleteSettings): void {
  countFromOne('retry.maxAttempts', retry.maxAttempts);
  atLeast(0, 'retry.initialDelayMs', retry.initialDelayMs);
  atLeast(1, 'retry.backoffMultiplier', retry.backoffMultiplier);
  atLeast(0, 'retry.maxDelayMs', retry.maxDelayMs);
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
