import { millisecondsInMinute } from 'date-fns/constants';
import { type NotificationKind, type NotificationType, notificationKinds } from './catalogue.ts';
import type { Notification } from './notification.ts';

/** Type → for how many minutes after its cause it is worth sending, in place of what the catalogue says. */
export type Usefulness = Readonly<Partial<Record<NotificationType, number>>>;

/** The last moment at which it is worth sending, in milliseconds since the epoch; infinite when it always is. */
export function usefulUntilMs(
  { type, occurredAtMs }: Pick<Notification, 'type' | 'occurredAtMs'>,
  usefulness: Usefulness = {},
): number {
  const kind: NotificationKind = notificationKinds[type];
  const minutes = usefulness[type] ?? kind.usefulForMinutes ?? Number.POSITIVE_INFINITY;
  return occurredAtMs + minutes * millisecondsInMinute;
}
