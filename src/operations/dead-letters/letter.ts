import type { DeadLetter } from '../../bus/index.ts';
import type { DeadDelivery } from '../../datastore/index.ts';
import { deliveryId } from '../../notifications/index.ts';

/** What will not be tried again without a person, whichever kind it is of. Times are milliseconds since the epoch. */
interface LetterFacts {
  /** `message-17`, or the id of the delivery. */
  readonly id: string;
  /** The type of the notification or message. */
  readonly what: string;
  /** The channel or the subscriber that failed. */
  readonly where: string;
  /** A stable code. */
  readonly reason: string;
  readonly attempts: number;
  readonly firstFailedAtMs: number;
  readonly lastFailedAtMs: number;
  /** The latest; null when none is on record. */
  readonly error: { readonly code: string; readonly message: string } | null;
}

export type DeliveryLetter = LetterFacts & { readonly kind: 'delivery'; readonly dead: DeadDelivery };
export type MessageLetter = LetterFacts & { readonly kind: 'message'; readonly dead: DeadLetter };
export type Letter = DeliveryLetter | MessageLetter;

export function letterOfDelivery(dead: DeadDelivery): DeliveryLetter {
  const { notification, delivery, failure } = dead;
  const gaveUpAtMs = delivery.settledAtMs ?? notification.requestedAtMs;
  return {
    kind: 'delivery',
    id: deliveryId(notification.id, delivery.channel),
    what: notification.type,
    where: delivery.channel,
    reason: delivery.reason ?? 'unknown',
    attempts: delivery.attempts,
    firstFailedAtMs: failure?.firstFailedAtMs ?? gaveUpAtMs,
    lastFailedAtMs: failure?.lastFailedAtMs ?? gaveUpAtMs,
    error: failure && { code: failure.errorCode, message: failure.errorMessage },
    dead,
  };
}

export function letterOfMessage(dead: DeadLetter): MessageLetter {
  const { id, messageType, subscriber, error, attempts, firstFailedAtMs, lastFailedAtMs } = dead;
  const code = error.code ?? error.name;
  return {
    kind: 'message',
    id,
    what: messageType,
    where: subscriber ?? 'bus',
    reason: code,
    attempts,
    firstFailedAtMs,
    lastFailedAtMs,
    error: { code, message: error.message },
    dead,
  };
}
