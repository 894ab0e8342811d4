import type { NotificationRequest } from './notification-request.ts';
import type { RequestEntry } from './request-entry.ts';
import type { RequestResult } from './request-result.ts';

/** A request, and what is to become of it. */
interface Sample extends Partial<NotificationRequest> {
  /** In the words of {@link outcomeOf}. */
  readonly expected: string;
}

/** The provider sends nothing to it, for good. */
export const blockedNumber = '+447700900005';

const samples: readonly Sample[] = [
  {
    userId: 'ada',
    channels: ['email', 'sms'],
    message: 'Your order ord-1001 has shipped!',
    expected: 'email sent, sms sent',
  },
  {
    userId: 'clara',
    channels: ['email'],
    message: 'Ihre Rechnung liegt bereit.',
    priority: 'low',
    expected: 'email sent',
  },
  {
    userId: 'user_001',
    channels: ['email', 'sms', 'push', 'webhook'],
    message: 'Your payment did not go through.',
    priority: 'critical',
    expected: 'email sent, sms sent, push sent, webhook sent',
  },
  // Has no phone.
  {
    userId: 'dev',
    channels: ['email', 'sms'],
    message: 'Your parcel arrives tomorrow.',
    expected: 'email sent, sms no_contact',
  },
  // His mail bounces.
  { userId: 'finn', channels: ['email'], message: 'Your return has arrived.', expected: 'email suppressed' },
  // The provider refuses her number.
  {
    userId: 'erin',
    channels: ['email', 'sms'],
    message: 'Your refund is on its way.',
    priority: 'high',
    expected: 'email sent, sms rejected',
  },
  { userId: 'zoe', channels: ['email'], message: 'Welcome back!', expected: 'unknown_user' },
  {
    userId: 'nobody',
    channels: ['email', 'fax'],
    priority: 'urgent',
    expected: 'unknown_user, unknown_channel, empty_message, unknown_priority',
  },
  { userId: 'gina', message: 'Which way would you like to hear this?', expected: 'no_channel' },
];

/** Requests that show each way in which one can end. */
export const sampleEntries: readonly RequestEntry[] = samples.map(
  ({ userId = '', channels = [], message = '', priority = 'normal' }, index) => {
    return { place: `#${index + 1}`, request: { userId, channels, message, priority } };
  },
);

/** Whether every sample came to the end that it is there for. */
export const areAsExpected = (results: readonly RequestResult[]): boolean =>
  results.length === samples.length &&
  results.every((result, index) => outcomeOf(result) === samples[index]?.expected);

function outcomeOf({ errors, deliveries }: RequestResult): string {
  const ends = deliveries.map(({ channel, reason }) => `${channel} ${reason}`);
  return [...errors.map(({ code }) => code), ...ends].join(', ');
}
