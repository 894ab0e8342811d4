import { expect, it } from 'vitest';
import { createNotification, deliveryId } from '../../src/notifications/index.ts';

const cause = { id: 'event-1', subject: 'ord-1', time: '2026-06-01T12:00:00.000Z', correlationId: 'story-1' };
const shipped = (about: string, customerId: string, causeId = 'event-1') =>
  createNotification({
    type: 'order-shipped',
    customerId,
    cause: { ...cause, id: causeId },
    about,
    variables: { orderId: 'ord-1' },
  });

it('the same news to the same customer is the same notification, whichever event brings it', () => {
  expect(shipped('ord-1', 'cust-1', 'event-1').id).toBe(shipped('ord-1', 'cust-1', 'event-2').id);
});

it('ids with colons in them do not run into one another', () => {
  expect(shipped('a:b', 'c').id).not.toBe(shipped('a', 'b:c').id);
  expect(shipped('a%3Ab', 'c').id).not.toBe(shipped('a:b', 'c').id);
});

it('each channel is a delivery of its own', () => {
  const { id } = shipped('ord-1', 'cust-1');
  expect(deliveryId(id, 'email')).not.toBe(deliveryId(id, 'sms'));
});

it('a notification remembers when its cause happened, and what it was about', () => {
  const { occurredAtMs, subject, causeId, correlationId } = shipped('ord-1', 'cust-1');
  expect({ occurredAtMs, subject, causeId, correlationId }).toEqual({
    occurredAtMs: Date.UTC(2026, 5, 1, 12),
    subject: 'ord-1',
    causeId: 'event-1',
    correlationId: 'story-1',
  });
});
