import type { DeliveryRecord, DeliveryStatus } from '../datastore/index.ts';
import type { Channel, DeliveryService, EntryStores } from '../delivery/index.ts';
import {
  createNotification,
  type Notification,
  type NotificationOptions,
  type NotificationType,
} from '../notifications/index.ts';
import type { Outcomes } from './outcomes.ts';

/** "Tell this customer this." */
export interface NotifyRequest<Type extends NotificationType = NotificationType>
  extends NotificationOptions<Type> {
  /** The caller has considered it and sends nothing: only that, and why, is put on record. Default false. */
  isDeclined?: boolean;
}

/** What became of one request on one channel. `pending`: it waits, and the reason, when there is one, says why. */
export interface ChannelResult {
  readonly channel: string;
  readonly status: DeliveryStatus;
  readonly reason: string | null;
  /** The provider's receipt. */
  readonly receipt: string | null;
}

export interface NotifyResult {
  readonly notificationId: string;
  readonly channels: readonly ChannelResult[];
}

/** What was entered in a transaction of the caller's. */
export interface EnteredRequests {
  /** In the order of the requests; what is to be sent is `pending`. */
  readonly results: readonly NotifyResult[];
  /** To be called when the transaction is committed: it is sent then. */
  readonly committed: () => void;
}

/** What the services call when a customer is to be told something. */
export interface NotificationApi {
  /** The names of those that are running. */
  readonly channels: readonly string[];
  /**
   * Resolves when the provider of every channel has answered, or the delivery waits: the caller waits for
   * the slowest. A provider that fails is a result, not a throw.
   * @throws {UnknownRecipientError} nothing is sent then.
   */
  notify<Type extends NotificationType>(request: NotifyRequest<Type>): Promise<NotifyResult>;
  /** The same for many, at the same time; results in the order of the requests. */
  notifyBulk<Type extends NotificationType>(
    requests: readonly NotifyRequest<Type>[],
  ): Promise<readonly NotifyResult[]>;
  /**
   * Enters requests in a transaction of the caller's: they are kept with what else it changes, or not at all.
   * @throws {UnknownRecipientError} the transaction had better fail then.
   */
  enter(requests: readonly NotifyRequest[], stores: EntryStores): Promise<EnteredRequests>;
  /**
   * Resolves when every delivery of a notification has reached its end or waits for a later time, or after so many
   * milliseconds: how each stands then. Undefined when there is no such notification.
   */
  outcomeOf(notificationId: string, options: { withinMs: number }): Promise<NotifyResult | undefined>;
}

/** @param outcomes told of what becomes of the deliveries of this service */
export function createNotificationApi(
  delivery: DeliveryService,
  channels: readonly Channel[],
  outcomes: Outcomes,
): NotificationApi {
  async function notify<Type extends NotificationType>({
    isDeclined = false,
    ...request
  }: NotifyRequest<Type>): Promise<NotifyResult> {
    const notification = createNotification(request) as Notification;
    const deliveries = await (isDeclined ? delivery.decline(notification) : delivery.deliver(notification));
    return resultOf(notification.id, deliveries);
  }
  return {
    channels: channels.map(({ name }) => name),
    notify,
    notifyBulk: (requests) => Promise.all(requests.map(notify)),
    async enter(requests, stores) {
      const all = requests.map(({ isDeclined = false, ...request }) => ({
        notification: createNotification(request) as Notification,
        isDeclined,
      }));
      const { deliveries, committed } = await delivery.enterWithin(stores, all);
      const results = all.map(({ notification: { id } }, index) => resultOf(id, deliveries[index] ?? []));
      return { results, committed };
    },
    async outcomeOf(notificationId, { withinMs }) {
      const deliveries = await outcomes.of(notificationId, withinMs);
      return deliveries.length === 0 ? undefined : resultOf(notificationId, deliveries);
    },
  };
}

const resultOf = (notificationId: string, deliveries: readonly DeliveryRecord[]): NotifyResult => ({
  notificationId,
  channels: deliveries.map(({ channel, status, reason, receipt }) => ({ channel, status, reason, receipt })),
});
