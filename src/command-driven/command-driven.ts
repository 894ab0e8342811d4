import type { Architecture, Interceptor } from '../architecture/index.ts';
import type { EventBus } from '../bus/index.ts';
import {
  DeliveryService,
  type DeliveryServiceOptions,
  deadLetterAdded,
  OwnTexts,
} from '../delivery/index.ts';
import { createMessage, type Message, type MessageOf } from '../events/index.ts';
import { type Ids, silentLogger } from '../kernel/index.ts';
import type { Notification, OwnText } from '../notifications/index.ts';
import { createServices } from '../services/index.ts';
import { type CommandDrivenMessages, type DeliveryCommand, notificationMessages } from './messages.ts';
import { createRequestHandlers } from './request-handlers.ts';
import { movedToDeadLetter, SendHandler, sendCommand } from './send-handler.ts';

export interface CommandDrivenOptions extends Omit<DeliveryServiceOptions, 'onDue'> {
  /** Of the messages. */
  ids: Ids;
  /** The caller's, who closes it. Its catalogue has {@link commandDrivenMessages}. */
  bus: EventBus<CommandDrivenMessages>;
  /** Around `delivery`. Default: nothing. */
  interceptor?: Interceptor;
}

type Emitted = readonly MessageOf<CommandDrivenMessages>[];

/**
 * Every step is a message of its own: an event of the shop becomes NotificationRequested, that a SendNotification
 * for each channel, and its handler says on the bus what came of it.
 */
export function createCommandDriven(options: CommandDrivenOptions): Architecture {
  const { clock, ids, datastore, bus, logger = silentLogger, interceptor = (_name, part) => part } = options;
  const ports = { clock, ids, datastore };
  let listen = (): void => {};
  const listening = new Promise<void>((resolve) => {
    listen = resolve;
  });
  const service = new DeliveryService({
    ...options,
    inFlight: bus.inFlight,
    lease: bus.lease,
    async onDue(due) {
      await listening;
      await bus.publish([sendCommand(ports, due)]);
    },
    /** One that was on its way when an earlier process died: nobody has it in hand who would say so. */
    async onDeadLetter(alert) {
      const { notification, delivery } = alert;
      if (!sender.isInHand(delivery)) {
        await listening;
        await bus.publish([movedToDeadLetter(ports, notification, delivery)]);
      }
      await options.onDeadLetter?.(alert);
    },
  });
  const delivery = interceptor('delivery', service);
  const requests = createRequestHandlers(ports);
  const publish = (messages: Emitted) => bus.publish(messages);
  const sender = new SendHandler({ ...ports, delivery, publish, logger });
  const ownTexts = new OwnTexts({ ...options, delivery });

  const subscribers = () => [
    bus.subscribe({
      name: 'command-driven.request',
      handles: Object.keys(requests) as (keyof typeof requests)[],
      async handle(message, context) {
        const request = requests[message.type] as (message: unknown) => Promise<Emitted>;
        context.publish(await request(message));
      },
    }),
    bus.subscribe({
      name: 'command-driven.dispatch',
      handles: ['NotificationRequested'],
      async handle(message, context) {
        const notification = message.data.notification as Notification;
        const added = await delivery.enter(notification);
        context.publish(added.map((each) => sendCommand(ports, { notification, delivery: each }, message)));
      },
    }),
    bus.subscribe({
      name: 'command-driven.send',
      handles: ['SendNotification'],
      async handle(message, context) {
        if (!isOwnText(message)) return sender.handle(message as DeliveryCommand);
        const entered = await ownTexts.enter(message.data, message);
        context.publish(entered.map((due) => sendCommand(ports, due, message)));
      },
    }),
    bus.subscribe({
      name: 'command-driven.alert',
      handles: ['NotificationMovedToDeadLetter'],
      async handle(message, context) {
        const { notificationId: id, type, ...told } = message.data;
        // What those who run the shop are told.
        const alert = deadLetterAdded(ports, { id, type }, told, message);
        // What is published on a bus that reads the log is on record.
        if (!bus.capabilities.outbox) await datastore.eventLog.append([alert]);
        context.publish([alert]);
      },
    }),
  ];

  let unsubscribe: readonly (() => void)[] = [];
  return {
    name: 'command-driven',
    services: createServices({ clock, ids, datastore, publisher: bus }),
    async start() {
      await delivery.start();
      unsubscribe = subscribers();
      listen();
      await bus.settle();
    },
    async settle() {
      await bus.settle();
      await bus.inFlight.idle();
    },
    async send(text) {
      const { SendNotification } = notificationMessages;
      const { text: checked, isRepeated } = await ownTexts.check(text);
      if (isRepeated) return 'repeated';
      await bus.publish([createMessage<'SendNotification', OwnText>(ports, SendNotification, checked)]);
      return 'accepted';
    },
    redrive: (key) => delivery.redrive(key),
    async stop() {
      await bus.finishInHand();
      for (const leave of unsubscribe) leave();
      await delivery.stop();
    },
  };
}

const isOwnText = (
  message: MessageOf<CommandDrivenMessages, 'SendNotification'>,
): message is Message<'SendNotification', OwnText> => !('notification' in message.data);
