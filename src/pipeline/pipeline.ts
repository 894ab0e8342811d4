import type { Architecture, Interceptor } from '../architecture/index.ts';
import type { EventBus } from '../bus/index.ts';
import {
  createDeadLetterAlarm,
  DeliveryService,
  type DeliveryServiceOptions,
  type DueDelivery,
  OwnTexts,
} from '../delivery/index.ts';
import { createMessage } from '../events/index.ts';
import {
  type Clock,
  createBatcher,
  type Ids,
  RecentMap,
  silentLogger,
  systemRandom,
} from '../kernel/index.ts';
import { deliveryId, type Notification } from '../notifications/index.ts';
import { Pipeline, type PipelineSettings } from '../pipeline-runtime/index.ts';
import { createServices } from '../services/index.ts';
import { type PipelineMessages, pipelineMessages } from './messages.ts';
import { type AuditLog, auditStage } from './stages/audit.ts';
import { channelStage, type SendingOptions, unsentOf } from './stages/channel.ts';
import { type Open, routeStage } from './stages/route.ts';
import { translatorStage } from './stages/translator.ts';
import { type Check, validateStage } from './stages/validate.ts';

export interface PipelineArchitectureOptions extends Omit<DeliveryServiceOptions, 'onDue'> {
  /** Of the messages. */
  ids: Ids;
  /** The caller's, who closes it. Its catalogue is {@link pipelineMessages}. */
  bus: EventBus<PipelineMessages>;
  /** Where the end of each delivery is put on record. Default: the log. */
  audit?: AuditLog;
  /** Of the runtime. What is left out is as the shop needs it. */
  settings?: PipelineSettings;
  /** Around `delivery`. Default: nothing. */
  interceptor?: Interceptor;
}

/** Shows what each stage has done, and what the runtime itself has given up, such as messages in circles. */
export type PipelineArchitecture = Architecture &
  Pick<Pipeline<PipelineMessages>, 'statistics' | 'deadLetters'>;

/**
 * What fails goes back to the bus, which tries again if it is durable, and keeps the dead letters. What the bus
 * does not take fails at once, and is soon due again in the ledger. No stage is ever stopped: there is nobody to
 * start it again, and one bad stretch of events is no fault of the stage.
 */
const shopSettings: PipelineSettings = {
  onHandlerFailure: 'nack',
  maxConsecutiveFailures: Number.MAX_SAFE_INTEGER,
  // A page of those who are told of a lower price is a thousand requests, with a dozen messages each.
  maxMessages: 50_000,
};

/** So many deliveries may be between being entered and being sent before the ledger is asked how they stand. */
const mostEntered = 10_000;

/**
 * What happens in the shop becomes a request, and that passes translate → validate → route → one stage a channel →
 * audit: each a function from a message to messages, which knows no other.
 */
export function createPipeline(options: PipelineArchitectureOptions): PipelineArchitecture {
  const { clock, ids, datastore, bus, logger = silentLogger, interceptor = (_name, part) => part } = options;
  const ports = { clock, ids, datastore, logger };
  let starting: Promise<void> | undefined;
  const service = new DeliveryService({
    ...options,
    inFlight: bus.inFlight,
    lease: bus.lease,
    onDeadLetter: createDeadLetterAlarm({ ...options, publish: (events) => bus.publish(events) }),
    /** Its time has come: it goes to the stage of its channel once more. */
    onDue: (due) => toItsChannel(due),
  });
  const delivery = interceptor('delivery', service);
  const ownTexts = new OwnTexts({ ...options, delivery });

  async function toItsChannel({ notification, delivery: { channel } }: DueDelivery): Promise<void> {
    await starting;
    const { id: requestId, customerId: userId, correlationId, causeId: id } = notification;
    const data = { hops: 0, requestId, userId, channel, message: notification };
    const routed = createMessage(ports, pipelineMessages.DeliveryRouted, data, { correlationId, id });
    await pipeline.submit([routed]);
  }

  const recipientsOf = (ids: readonly string[]) => datastore.customers.recipients(ids);
  const recipientOf = createBatcher({ runMany: recipientsOf, isSerial: true });
  /** The shop's own requests are well-formed; whether anybody knows its customer is another matter. */
  const check: Check = async ({ userId }) => {
    const validationError = { code: 'unknown_user', words: `nobody is known as ${JSON.stringify(userId)}` };
    return (await recipientOf(userId)) === undefined ? [validationError] : [];
  };
  const inLog: AuditLog = ({ time: endedAt, ...rest }) => logger.info({ endedAt, ...rest }, 'audited');
  const channels = options.channels.map(({ name }) => name);
  const sending = { datastore, delivery, entered: new RecentMap<DueDelivery>(mostEntered) };
  const pipeline: Pipeline<PipelineMessages> = new Pipeline({
    ...ports,
    bus,
    random: options.random ?? systemRandom(),
    settings: { ...shopSettings, ...options.settings },
    stages: [
      translatorStage(datastore, clock, channels),
      validateStage(check),
      routeStage(openIn(sending, clock)),
      ...channels.map((name) => channelStage(name, sending)),
      // What an earlier process has left for a channel that is not running any more.
      channelStage('other-channels', sending, (channel) => !channels.includes(channel)),
      auditStage(options.audit ?? inLog),
    ],
  });

  return {
    name: 'pipeline',
    services: createServices({ clock, ids, datastore, publisher: bus }),
    statistics: () => pipeline.statistics(),
    deadLetters: () => pipeline.deadLetters(),
    async start() {
      starting = delivery.start().then(() => pipeline.start());
      await starting;
      await bus.settle();
    },
    settle: () => pipeline.settle(),
    send: (text) => ownTexts.send(text, toItsChannel),
    redrive: (key) => delivery.redrive(key),
    async stop() {
      // What is in hand comes to its end after that, and is still put on record.
      await pipeline.stop({ except: ['audit'] });
      await delivery.stop();
      await pipeline.settle();
      await pipeline.stop();
    },
  };
}

/** Enters them; and names again what nobody has in hand, since its message was lost with a failure. */
const openIn =
  ({ datastore, delivery, entered }: SendingOptions, clock: Clock): Open =>
  async ({ data: { requestId, message } }) => {
    // Should it take its time to the channel, what it says may be no longer so.
    const notification = { ...(message as Notification), requestedAtMs: clock.now() };
    const added = await delivery.enter(notification);
    for (const delivery of added)
      entered.set(deliveryId(requestId, delivery.channel), { notification, delivery });
    if (added.length > 0) return added.map(({ channel }) => channel);
    return (await unsentOf(datastore, requestId)).map(({ delivery: { channel } }) => channel);
  };
