import type { DeliveryRecord, DeliveryStatus } from '../datastore/index.ts';
import type { Channel, DeliveryService } from '../delivery/index.ts';
import {
  createNotification,
  type Notification,
  type NotificationOptions,
  type NotificationType,
} from '../notifications/index.ts';

/** "Tell this customer this." */
export interface NotifyRequest<Type extends NotificationType = NotificationType>
  extends NotificationOptions<Type> {
  /** The caller has considered it and sends nothing: only that, and why, is put on record. Default false. */
  isDeclined?: boolean;
}

/** What became of one request on one channel. `pending`: it waits, and the reason says why. */
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
}

export function createNotificationApi(
  delivery: DeliveryService,
  channels: readonly Channel[],
): NotificationApi {
  async function notify<Type extends NotificationType>({
    isDeclined = false,
    ...request
  }: NotifyRequest<Type>): Promise<NotifyResult> {
    const notification = createNotification(request) as Notification;
    const deliveries = await (isDeclined ? delivery.decline(notification) : delivery.deliver(notification));
    return { notificationId: notification.id, channels: deliveries.map(toResult) };
  }
  return {
    channels: channels.map(({ name }) => name),
    notify,
    notifyBulk: (requests) => Promise.all(requests.map(notify)),
  };
}

const toResult = ({ channel, status, reason, receipt }: DeliveryRecord): ChannelResult => ({
  channel,
  status,
  reason,
  receipt,
});
