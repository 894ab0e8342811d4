import type { Datastore, DeliveryRecord, LedgerLine } from '../datastore/index.ts';
import type { DeliveryService, DueDelivery } from '../delivery/index.ts';
import {
  type Cause,
  createMessage,
  type Message,
  type MessageOf,
  type MessagePorts,
} from '../events/index.ts';
import { type Logger, messageOf } from '../kernel/index.ts';
import { deliveryId, type Notification } from '../notifications/index.ts';
import { type CommandDrivenMessages, type DeliveryCommand, notificationMessages } from './messages.ts';

type Emitted = readonly MessageOf<CommandDrivenMessages>[];

export interface SendHandlerOptions extends MessagePorts {
  datastore: Datastore;
  delivery: DeliveryService;
  /** Takes what became of a delivery. `settle` of the architecture waits for it. */
  publish(messages: Emitted): Promise<void>;
  logger: Logger;
}

/** The command to send a delivery: for the first time, or once more after those that failed. */
export function sendCommand(
  ports: MessagePorts,
  { notification, delivery }: DueDelivery,
  cause?: Message,
): DeliveryCommand {
  const { notificationId, channel, attempts } = delivery;
  const { correlationId, causeId: id } = notification;
  const data = { notificationId, channel, attempt: attempts + 1, notification: { ...notification } };
  return createMessage<'SendNotification', DeliveryCommand['data']>(
    ports,
    notificationMessages.SendNotification,
    data,
    cause ?? { correlationId, id },
  );
}

/** That a delivery was given up. */
export function movedToDeadLetter(
  ports: MessagePorts,
  notification: Pick<DeliveryCommand['data']['notification'], 'type' | 'correlationId' | 'causeId'>,
  { notificationId, channel, attempts, reason }: DeliveryRecord,
  cause: Cause = { correlationId: notification.correlationId, id: notification.causeId },
): MessageOf<CommandDrivenMessages, 'NotificationMovedToDeadLetter'> {
  const told = { type: notification.type, reason: reason ?? 'unknown' };
  const data = { notificationId, channel, attempt: Math.max(1, attempts), attempts, ...told };
  return createMessage(ports, notificationMessages.NotificationMovedToDeadLetter, data, cause);
}

/**
 * Takes each SendNotification through validate → rate limit → enrich → send → track. The command is done with
 * when it is taken in hand, so that a slow provider holds up no other command: what happens to it from there on
 * is in the ledger, and on the bus as an event.
 */
export class SendHandler {
  readonly #options: SendHandlerOptions;
  /** The same command can come twice, at the same time. */
  readonly #inHand = new Set<string>();

  constructor(options: SendHandlerOptions) {
    this.#options = options;
  }

  isInHand({ notificationId, channel }: Pick<DeliveryRecord, 'notificationId' | 'channel'>): boolean {
    return this.#inHand.has(deliveryId(notificationId, channel));
  }

  async handle(command: DeliveryCommand): Promise<void> {
    const { notificationId, channel } = command.data;
    const id = deliveryId(notificationId, channel);
    if (this.#inHand.has(id)) return;
    this.#inHand.add(id);
    try {
      const line = await this.#validate(command);
      if (line) void this.#process(command, line).finally(() => this.#inHand.delete(id));
      else this.#inHand.delete(id);
    } catch (thrown) {
      this.#inHand.delete(id);
      throw thrown;
    }
  }

  /**
   * How its delivery stands in the ledger. A command that comes again after that has come to its end asks for
   * nothing any more.
   */
  async #validate({ data: { notificationId, channel } }: DeliveryCommand): Promise<LedgerLine | undefined> {
    const [entry] = await this.#options.datastore.ledger.find('id', notificationId);
    const delivery = entry?.deliveries.find((each) => each.channel === channel);
    return entry && delivery?.status === 'pending'
      ? { notification: entry.notification, delivery }
      : undefined;
  }

  async #process(command: DeliveryCommand, line: LedgerLine): Promise<void> {
    const { delivery, publish, logger } = this.#options;
    try {
      // The policy with its rate limit, rendering in the customer's language, and the provider behind its breaker.
      const after = await delivery.send(dueOf(command, line));
      const emitted = this.#track(command, after);
      if (emitted.length > 0) await publish(emitted);
    } catch (thrown) {
      // It is pending in the ledger, and the next start takes it up.
      logger.error({ reason: messageOf(thrown) }, 'a delivery could not be sent or announced');
    }
  }

  /** Says what became of it. A delivery that was skipped, or waits, has neither been sent nor failed. */
  #track(command: DeliveryCommand, after: DeliveryRecord): Emitted {
    const { notificationId, channel, attempt, notification } = command.data;
    const { reason, dueAtMs } = after;
    const tell = <Type extends keyof typeof notificationMessages>(type: Type, data: object) =>
      createMessage<string, never>(
        this.#options,
        notificationMessages[type],
        { notificationId, channel, attempt, ...data } as never,
        command,
      ) as Emitted[number];
    if (after.status === 'sent') return [tell('NotificationSent', { receipt: after.receipt })];
    const wasTried = after.attempts >= attempt;
    if (after.status === 'dead_lettered') {
      const moved = movedToDeadLetter(this.#options, notification, after, command);
      return [tell('NotificationFailed', { reason }), moved];
    }
    if (after.status !== 'pending' || !wasTried || dueAtMs === null) return [];
    const at = new Date(dueAtMs).toISOString();
    return [
      tell('NotificationFailed', { reason }),
      tell('NotificationRetrying', { attempt: attempt + 1, at }),
    ];
  }
}

/** The command carries what to send and how often it was tried; what it waited for stands in the ledger. */
const dueOf = ({ data }: DeliveryCommand, { notification, delivery }: LedgerLine): DueDelivery => ({
  // A command does not know how long it took, nor that its delivery was put off since.
  notification: { ...(data.notification as Notification), requestedAtMs: notification.requestedAtMs },
  delivery: { ...delivery, dueAtMs: null, attempts: data.attempt - 1 },
});
