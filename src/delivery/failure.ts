import type { Suppression } from '../datastore/index.ts';
import { AppError, messageOf, type Random, retryDelayMs } from '../kernel/index.ts';
import type { ReasonCode } from '../notifications/index.ts';
import { ChannelError } from './channel.ts';
import type { CompleteSettings } from './settings.ts';

/** Why a message was not sent, as far as anybody knows. */
export interface Failure {
  /**
   * Not now, or not ever, says the provider; nobody knows whether it was sent; or it never left the house,
   * by a fault of ours.
   */
  readonly kind: 'transient' | 'permanent' | 'unknown' | 'ours';
  /** The error's stable code. */
  readonly code: string;
  readonly message: string;
  readonly retryAfterMs?: number | undefined;
  /** The address is not to be used any more: why, and in the provider's words. */
  readonly suppress?: Pick<Suppression, 'reason' | 'detail'> | undefined;
}

/** A provider may send us a page where a line would do. */
const longestMessage = 500;

/** What a channel's throw means. */
export function failureOf(thrown: unknown): Failure {
  if (!(thrown instanceof ChannelError)) return describe('unknown', thrown);
  const { kind, retryAfterMs, suppress: reason, suppressBecause } = thrown;
  const detail = suppressBecause.replaceAll(/[\s\p{C}]+/gu, ' ').slice(0, longestMessage);
  return { ...describe(kind, thrown), retryAfterMs, suppress: reason && { reason, detail } };
}

export const ourFailure = (thrown: unknown): Failure => describe('ours', thrown);

function describe(kind: Failure['kind'], thrown: unknown): Failure {
  const code = thrown instanceof AppError ? thrown.code : 'unexpected';
  return { kind, code, message: messageOf(thrown).slice(0, longestMessage) };
}

/** What to do about it: try again after a while, or, without a `delayMs`, no more. */
export interface Judgement {
  readonly reason: ReasonCode;
  readonly delayMs?: number;
}

/** `attempts`: how often the provider was asked, with this time. */
export function judge(
  failure: Failure,
  attempts: number,
  { settings, random }: { settings: CompleteSettings; random: Random },
): Judgement {
  const { kind, retryAfterMs } = failure;
  if (kind === 'permanent' || kind === 'ours') return { reason: 'rejected' };
  const { retry, maxRetryAfterMs, onUnknownOutcome } = settings;
  const isUnknown = kind === 'unknown';
  const isLast = attempts >= retry.maxAttempts;
  if (isUnknown && (isLast || onUnknownOutcome === 'dead-letter')) return { reason: 'outcome_unknown' };
  if (isLast) return { reason: 'attempts_exhausted' };
  const delayMs = Math.max(retryDelayMs(retry, attempts, random), askedForMs(retryAfterMs, maxRetryAfterMs));
  return { reason: isUnknown ? 'outcome_unknown' : 'provider_unavailable', delayMs };
}

/**
 * No retry waits beyond the last moment at which it is worth sending: one that would come too late is due when that has
 * passed, and expires then.
 */
export function withinUsefulness(judgement: Judgement, usefulUntilMs: number, nowMs: number): Judgement {
  const { delayMs } = judgement;
  if (delayMs === undefined || nowMs + delayMs <= usefulUntilMs) return judgement;
  return { ...judgement, delayMs: Math.max(0, Math.floor(usefulUntilMs) + 1 - nowMs) };
}

/** What is no time to wait is not heeded. */
const askedForMs = (retryAfterMs: number | undefined, maxRetryAfterMs: number): number =>
  retryAfterMs !== undefined && retryAfterMs > 0 ? Math.min(Math.ceil(retryAfterMs), maxRetryAfterMs) : 0;
