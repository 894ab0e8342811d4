import type { DeliveryFailure, DeliveryRecord, Suppression, VerdictRecord } from '../datastore/index.ts';
import { deliveryId, type Objection, type ReasonCode } from '../notifications/index.ts';
import type { Channel } from './channel.ts';
import { type Failure, isOurs, type Judgement } from './failure.ts';

/** What is written into the ledger after a delivery was looked at. */
export interface Outcome {
  /** Left out when it is no verdict: nobody is told. */
  readonly reason?: ReasonCode;
  readonly atMs: number;
  /** The delivery as it stands now; left out when it stays as it is. */
  readonly delivery?: DeliveryRecord;
  /** The verdict, when it did not end the delivery. */
  readonly verdict?: VerdictRecord;
  /** What went wrong. */
  readonly failure?: DeliveryFailure;
  /** An address that must not be used any more. */
  readonly suppression?: Suppression;
}

/** The provider has it; one that was cut before it left says so in a verdict of its own. */
export function sent(
  delivery: DeliveryRecord,
  { receipt, isShortened }: { readonly receipt: string; readonly isShortened: boolean },
  atMs: number,
): Outcome {
  const { notificationId, channel, attempts } = delivery;
  const after: DeliveryRecord = {
    notificationId,
    channel,
    status: 'sent',
    reason: 'sent',
    dueAtMs: null,
    settledAtMs: atMs,
    attempts: attempts + 1,
    receipt,
  };
  const verdict = isShortened && verdictOn(delivery, { reason: 'shortened', atMs, untilMs: null });
  return { reason: 'sent', atMs, delivery: after, ...(verdict && { verdict }) };
}

export interface Deferral {
  readonly reason: ReasonCode;
  readonly untilMs: number;
}

function deferred(delivery: DeliveryRecord, { reason, untilMs }: Deferral, atMs: number): Outcome {
  return {
    reason,
    atMs,
    delivery: { ...delivery, reason, dueAtMs: untilMs },
    verdict: verdictOn(delivery, { reason, atMs, untilMs }),
  };
}

/** The provider is not asked for now. On record once: as long as it waits for the same, that is no news. */
export function heldBack(
  delivery: DeliveryRecord,
  { untilMs, isCircuitOpen = false }: { readonly untilMs: number; readonly isCircuitOpen?: boolean },
  atMs: number,
): Outcome {
  const reason = isCircuitOpen ? 'circuit_open' : 'provider_unavailable';
  const isNoNews = delivery.reason === reason || delivery.reason === 'circuit_open';
  if (isNoNews) return { atMs, delivery: { ...delivery, dueAtMs: untilMs } };
  return deferred(delivery, { reason, untilMs }, atMs);
}

/** A policy step speaks against sending it, for good or for now. */
export function objectedTo(delivery: DeliveryRecord, objection: Objection, atMs: number): Outcome {
  if (objection.outcome === 'defer') return deferred(delivery, objection, atMs);
  return ended(delivery, { status: 'skipped', reason: objection.reason }, atMs);
}

export interface FailedAttempt {
  readonly failure: Failure;
  readonly judgement: Judgement;
  /** The address that it was sent to. */
  readonly address?: string | undefined;
}

/** An attempt has failed: it will be tried again, or is a dead letter. */
export function failed(
  before: DeliveryRecord,
  { failure: { kind, code, at, message, suppress }, judgement, address }: FailedAttempt,
  atMs: number,
): Outcome {
  const { notificationId, channel } = before;
  const { reason, delayMs } = judgement;
  const delivery = { ...before, attempts: before.attempts + (isAttempt(kind) ? 1 : 0) };
  const outcome =
    delayMs === undefined
      ? ended(delivery, { status: 'dead_lettered', reason }, atMs)
      : deferred(delivery, { reason, untilMs: atMs + delayMs }, atMs);
  const failure: DeliveryFailure = {
    notificationId,
    channel,
    errorCode: code,
    errorMessage: at === undefined ? message : `${message} (${at})`,
    firstFailedAtMs: atMs,
    lastFailedAtMs: atMs,
  };
  return {
    failure,
    ...(suppress &&
      address && { suppression: { address, ...suppress, sinceMs: atMs, channel, source: 'provider' } }),
    ...outcome,
  };
}

/** What a provider that is busy sends away has not been tried, nor has what never left the house. */
const isAttempt = (kind: Failure['kind']): boolean => !isOurs(kind) && kind !== 'throttled';

/** It was asked for again after it was sent. */
export function refused(delivery: DeliveryRecord, atMs: number): Outcome {
  const reason = 'duplicate';
  return { reason, atMs, verdict: verdictOn(delivery, { reason, atMs, untilMs: null }) };
}

/** Of one that came to its provider, and waits for it. */
export const waitsForProvider: ReadonlySet<string | null> = new Set<ReasonCode>([
  'provider_unavailable',
  'circuit_open',
  'outcome_unknown',
]);

/**
 * One that ends otherwise than sent may have reached its provider all the same, when an answer was lost. It ends under the
 * id that its message has there, where the channel knows that without an answer, so that what is reported finds it.
 */
export function underItsMessageId(
  outcome: Outcome,
  before: DeliveryRecord,
  channels: readonly Channel[],
): Outcome {
  const { delivery } = outcome;
  if (delivery === undefined || delivery.settledAtMs === null || delivery.receipt !== null) return outcome;
  const { attempts, reason, notificationId, channel } = delivery;
  if (attempts === 0 && !waitsForProvider.has(reason) && !waitsForProvider.has(before.reason)) return outcome;
  const key = deliveryId(notificationId, channel);
  const receipt = channels.find(({ name }) => name === channel)?.messageIdOf?.(key);
  return receipt === undefined ? outcome : { ...outcome, delivery: { ...delivery, receipt } };
}

interface End {
  readonly status: 'skipped' | 'dead_lettered';
  readonly reason: ReasonCode;
}

function ended(delivery: DeliveryRecord, { status, reason }: End, atMs: number): Outcome {
  return { reason, atMs, delivery: { ...delivery, status, reason, dueAtMs: null, settledAtMs: atMs } };
}

function verdictOn(
  { notificationId, channel }: DeliveryRecord,
  verdict: Pick<VerdictRecord, 'reason' | 'atMs' | 'untilMs'>,
): VerdictRecord {
  return { notificationId, channel, ...verdict };
}
