import type { Suppression } from '../datastore/index.ts';
import {
  AppError,
  defectOf,
  messageOf,
  type Random,
  type RetryPolicy,
  retryDelayMs,
} from '../kernel/index.ts';
import { AttachmentError, type ReasonCode } from '../notifications/index.ts';
import { ChannelError } from './channel.ts';
import type { CompleteSettings } from './settings.ts';

/** Why a message was not sent, as far as anybody knows. */
export interface Failure {
  /**
   * Not now, not so fast, or not ever, says the provider; nobody knows whether it was sent; it never left the
   * house, by a fault of ours, which may be in what was to go with it; or the channel's own code broke off, and nobody
   * knows how far it came.
   */
  readonly kind: 'transient' | 'throttled' | 'permanent' | 'unknown' | 'ours' | 'unattached' | 'defect';
  /** The error's stable code; of a defect, what was thrown. */
  readonly code: string;
  /** Of a defect: where it is, `chat-channel.ts:20:14`. */
  readonly at?: string | undefined;
  readonly message: string;
  readonly retryAfterMs?: number | undefined;
  readonly scope?: ChannelError['scope'];
  /** The address is not to be used any more: why, and in the provider's words. */
  readonly suppress?: Pick<Suppression, 'reason' | 'detail'> | undefined;
}

/** A provider may send us a page where a line would do. */
const longestMessage = 500;

/** What a channel's throw means. */
export function failureOf(thrown: unknown): Failure {
  const defect = defectOf(thrown);
  if (defect !== undefined) {
    const { name: code, at } = defect;
    return { ...describe('defect', thrown), code, at };
  }
  if (!(thrown instanceof ChannelError)) return describe('unknown', thrown);
  const { kind, isThrottled, retryAfterMs, scope, suppress: reason, suppressBecause } = thrown;
  const detail = suppressBecause.replaceAll(/[\s\p{C}]+/gu, ' ').slice(0, longestMessage);
  const failure = describe(isThrottled ? 'throttled' : kind, thrown);
  return { ...failure, retryAfterMs, scope, suppress: reason && { reason, detail } };
}

export const ourFailure = (thrown: unknown): Failure =>
  describe(thrown instanceof AttachmentError ? 'unattached' : 'ours', thrown);

/** Whether nothing has left the house, and no provider was asked. */
export const isOurs = (kind: Failure['kind']): boolean => kind === 'ours' || kind === 'unattached';

function describe(kind: Failure['kind'], thrown: unknown): Failure {
  const code = thrown instanceof AppError ? thrown.code : 'unexpected';
  return { kind, code, message: messageOf(thrown).slice(0, longestMessage) };
}

/** What to do about it: try again after a while, or, without a `delayMs`, no more. */
export interface Judgement {
  readonly reason: ReasonCode;
  readonly delayMs?: number | undefined;
}

/** What there is to know of an attempt that failed. */
export interface FailedSend {
  /** How often the provider was asked, with this time. */
  readonly attempts: number;
  /** Since when it is tried. */
  readonly sinceMs: number;
  readonly nowMs: number;
  /** How it is tried again. */
  readonly retry: RetryPolicy;
  readonly settings: Pick<CompleteSettings, 'maxRetryAfterMs' | 'onUnknownOutcome'>;
  readonly random: Random;
}

export function judge(failure: Failure, send: FailedSend): Judgement {
  const { kind, retryAfterMs } = failure;
  if (kind === 'permanent') return { reason: 'rejected' };
  if (kind === 'unattached') return { reason: 'attachment_failed' };
  if (kind === 'ours' || kind === 'defect') return { reason: 'internal_error' };
  const { attempts, retry, random, settings } = send;
  const { maxRetryAfterMs, onUnknownOutcome } = settings;
  const isUnknown = kind === 'unknown';
  const isLast = kind === 'throttled' ? isTooLate(send) : attempts >= retry.maxAttempts;
  if (isUnknown && (isLast || onUnknownOutcome === 'dead-letter')) return { reason: 'outcome_unknown' };
  if (isLast) return { reason: 'attempts_exhausted' };
  const askedMs = askedForMs(retryAfterMs, maxRetryAfterMs);
  const delayMs = Math.max(retryDelayMs(retry, attempts, random), askedMs);
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

/** A provider that is busy is well, but one that has been busy for days is not. */
const isTooLate = ({ sinceMs, nowMs, settings }: FailedSend): boolean =>
  nowMs - sinceMs > settings.maxRetryAfterMs;

/** What is no time to wait is not heeded. */
const askedForMs = (retryAfterMs: number | undefined, maxRetryAfterMs: number): number =>
  retryAfterMs !== undefined && retryAfterMs > 0 ? Math.min(Math.ceil(retryAfterMs), maxRetryAfterMs) : 0;
