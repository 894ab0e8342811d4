import type { Message } from '../events/index.ts';
import type { NotificationType, NotificationVariables } from './catalogue.ts';

/** "Tell this customer this": one type, one customer, one cause. */
export interface Notification<Type extends NotificationType = NotificationType> {
  /** Derived from type, cause and customer: the same request has the same id, however often it is made. */
  readonly id: string;
  readonly type: Type;
  readonly customerId: string;
  /** The id of the cause's entity: the customer, the order or the product. */
  readonly subject: string;
  /** The id of the event that led to it. */
  readonly causeId: string;
  readonly correlationId: string;
  /** When the cause happened: milliseconds since the epoch. */
  readonly occurredAtMs: number;
  /** When it was entered in the ledger; absent until it is. */
  readonly requestedAtMs?: number;
  readonly variables: NotificationVariables[Type];
}

export interface NotificationOptions<Type extends NotificationType> {
  type: Type;
  customerId: string;
  /** The event that led to it. */
  cause: Pick<Message, 'id' | 'subject' | 'time' | 'correlationId'>;
  /** What it is about, once and for all: the order that can ship only once, the payment, the price change. */
  about: string;
  variables: NotificationVariables[Type];
}

export function createNotification<Type extends NotificationType>({
  type,
  customerId,
  cause,
  about,
  variables,
}: NotificationOptions<Type>): Notification<Type> {
  return {
    id: notificationId(type, about, customerId),
    type,
    customerId,
    subject: cause.subject,
    causeId: cause.id,
    correlationId: cause.correlationId,
    occurredAtMs: Date.parse(cause.time),
    variables,
  };
}

/** The id of what one customer is told about one thing. */
export const notificationId = (type: NotificationType, about: string, customerId: string): string =>
  joinId(type, about, customerId);

/** The id of one notification on one channel, which is also its idempotency key at the provider. */
export function deliveryId(notificationId: string, channel: string): string {
  return `${notificationId}:${channel}`;
}

/** Ids that have a colon in them must not run into one another. */
const joinId = (...parts: string[]): string =>
  parts.map((part) => part.replaceAll('%', '%25').replaceAll(':', '%3A')).join(':');
