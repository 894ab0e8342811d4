import {
  type Letter,
  letterOfDelivery,
  letterOfMessage,
} from '../../../src/operations/dead-letters/letter.ts';
import { aDelivery, aNotification } from '../../support/records.ts';

const at = (time: string): number => Date.parse(`2026-03-${time}Z`);

/** A mail whose provider was down, an SMS that nobody knows the fate of since the next day, and a message. */
export const someLetters: readonly Letter[] = [
  letterOfDelivery({
    notification: aNotification('order-shipped:order-1:kim'),
    delivery: aDelivery('order-shipped:order-1:kim', 'email', {
      status: 'dead_lettered',
      reason: 'attempts_exhausted',
      settledAtMs: at('02T10:00:07'),
      attempts: 3,
    }),
    failure: {
      notificationId: 'order-shipped:order-1:kim',
      channel: 'email',
      errorCode: 'channel_error',
      errorMessage: 'the provider is down',
      firstFailedAtMs: at('02T10:00:00'),
      lastFailedAtMs: at('02T10:00:07'),
    },
  }),
  letterOfDelivery({
    notification: aNotification('order-shipped:order-2:kim'),
    delivery: aDelivery('order-shipped:order-2:kim', 'sms', {
      status: 'dead_lettered',
      reason: 'outcome_unknown',
      settledAtMs: at('03T08:30:00'),
      attempts: 1,
    }),
    failure: null,
  }),
  letterOfMessage({
    id: 'message-17',
    messageId: 'event-9',
    messageType: 'OrderStatusChanged',
    subscriber: 'notification-service',
    error: { name: 'UnknownEntityError', code: 'unknown_order', message: 'there is no order "order-9"' },
    attempts: 3,
    firstFailedAtMs: at('02T23:59:59'),
    lastFailedAtMs: at('03T00:00:02'),
    message: { id: 'event-9', type: 'OrderStatusChanged', data: { orderId: 'order-9' } },
  }),
];
