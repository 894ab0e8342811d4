import { z } from 'zod';
import { idSchema } from '../events/index.ts';
import {
  createNotification,
  type Notification,
  type NotificationOptions,
  notificationId as notificationIdOf,
} from './notification.ts';
import { inOneLine } from './plain-text.ts';

/**
 * One's own text, to one customer on one channel. The same `notificationId` on the same channel is the same text, however
 * often it is asked for.
 */
export const ownTextSchema = z.object({
  notificationId: idSchema,
  channel: z.string().min(1),
  /** The customer's id: never an address, which stands nowhere but with the customer. */
  recipient: idSchema,
  /** Of an email and a push. Left out: how the message begins. */
  subject: z.string().regex(/\S/, 'is empty').optional(),
  message: z.string().regex(/\S/, 'is empty').max(100_000),
  /** Kept with it in the ledger, and shown to nobody. */
  metadata: z.record(z.string(), z.json()).optional(),
});

export type OwnText = z.infer<typeof ownTextSchema>;

const longestSubject = 60;

/** What is entered of it. On another channel the same `notificationId` may say it otherwise, and is another. */
export function ownTextNotification(
  { notificationId, channel, recipient, subject, message, metadata }: OwnText,
  cause: NotificationOptions<'own-text'>['cause'],
): Notification<'own-text'> {
  return createNotification({
    type: 'own-text',
    customerId: recipient,
    cause: { ...cause, subject: notificationId },
    about: aboutOf({ notificationId, channel }),
    variables: { subject: subject ?? beginningOf(message), message, ...(metadata && { metadata }) },
  });
}

/** Under which it is in the ledger. */
export const ownTextId = ({
  recipient,
  ...text
}: Pick<OwnText, 'notificationId' | 'channel' | 'recipient'>): string =>
  notificationIdOf('own-text', aboutOf(text), recipient);

const aboutOf = ({ notificationId, channel }: Pick<OwnText, 'notificationId' | 'channel'>): string =>
  `${notificationId}/${channel}`;

function beginningOf(message: string): string {
  const line = [...inOneLine(message).trim()];
  return line.length <= longestSubject ? line.join('') : `${line.slice(0, longestSubject - 1).join('')}…`;
}
