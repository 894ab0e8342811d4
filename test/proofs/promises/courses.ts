import type { DeliveryRecord, NotificationRecord } from '../../../src/datastore/index.ts';
import { addressOf, customers } from '../support/cast.ts';
import { keyOf, type Moment } from '../support/history.ts';
import type { Aftermath } from '../support/play-schedule.ts';
import type { Ask } from '../support/provider.ts';
import { groupBy } from './group-by.ts';

/** One delivery's way, from its request to its end. */
export interface Course {
  readonly key: string;
  readonly notification: NotificationRecord;
  readonly channel: string;
  readonly address: string;
  readonly opened: Moment;
  /** Each time that it was taken from the ledger because its time had come. */
  readonly takenUp: readonly Moment[];
  /** Each time that something was written of it, and how it stood then. */
  readonly stands: readonly (Moment & { readonly delivery: DeliveryRecord })[];
  readonly asks: readonly Ask[];
}

/** Of every delivery, in the order of the requests. */
export function coursesOf({ shop }: Pick<Aftermath, 'shop'>): readonly Course[] {
  const { history, providers } = shop;
  const takenUp = groupBy(history.of('taken-up'), ({ key }) => key);
  const stands = groupBy(history.of('recorded'), ({ delivery }) => keyOf(delivery));
  const asks = groupBy(
    providers.flatMap(({ journal }) => journal),
    ({ key }) => key,
  );
  return history.of('opened').map(({ notification, channel, ...opened }) => {
    const key = keyOf({ notificationId: notification.id, channel });
    return {
      key,
      notification,
      channel,
      address: addressOfCustomer(notification.customerId, channel),
      opened,
      takenUp: takenUp.get(key) ?? [],
      stands: stands.get(key) ?? [],
      asks: asks.get(key) ?? [],
    };
  });
}

export const endOf = ({ stands }: Course) => stands.find(({ delivery }) => delivery.status !== 'pending');

/** The last time before then that it was about to be looked at. */
export const lookedAt = ({ opened, takenUp }: Course, before: Moment): Moment =>
  takenUp.findLast(({ seq }) => seq < before.seq) ?? opened;

/**
 * Whoever was to hand it on had run out of time when it was entered, since the process stood still: it is handled later, as
 * what is lost between two steps.
 */
export const isEnteredLate = ({ opened, notification }: Course): boolean =>
  opened.wallMs !== notification.requestedAtMs;

/** When it was put off by a verdict, or for another attempt. */
export const deferralsOf = ({ stands }: Course) =>
  stands.filter(({ delivery: { status, reason, dueAtMs } }) => {
    return status === 'pending' && dueAtMs !== null && reason !== null;
  });

/** Whether it was put off for a reason of the customer's, and not of the provider's. */
export const hasOwnReasonToWait = (course: Course): boolean =>
  deferralsOf(course).some(
    ({ delivery: { reason } }) => reason === 'quiet_hours' || reason === 'rate_limited',
  );

function addressOfCustomer(customerId: string, channel: string): string {
  const customer = customers.find(({ id }) => id === customerId);
  return customer === undefined ? '' : addressOf(customer, channel);
}
