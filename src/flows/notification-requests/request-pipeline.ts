import type { Datastore } from '../../datastore/index.ts';
import type { Channel } from '../../delivery/index.ts';
import { createMessage, type MessagePorts } from '../../events/index.ts';
import { createBatcher } from '../../kernel/index.ts';
import { createTemplates } from '../../notifications/index.ts';
import {
  type AuditLog,
  auditStage,
  type PipelineMessage,
  type PipelineMessages,
  pipelineMessages,
  routeStage,
  validateStage,
} from '../../pipeline/index.ts';
import { Pipeline, type PipelineOptions, type Stage } from '../../pipeline-runtime/index.ts';
import type { ActivityMeter } from './activity.ts';
import { directChannelStage } from './direct-channel.ts';
import { directDelivery } from './direct-delivery.ts';
import type { NotificationRequest } from './notification-request.ts';
import { type RequestEnd, RequestLedger } from './request-ledger.ts';
import { checkOf } from './validation.ts';

export interface RequestPipelineOptions extends Omit<PipelineOptions<PipelineMessages>, 'stages'> {
  /** Its customers are the users, with their addresses and the suppression list. */
  datastore: Datastore;
  channels: readonly Channel[];
  audit: AuditLog;
  activity: ActivityMeter;
}

type AnyStage = Stage<PipelineMessage, PipelineMessage>;

/**
 * The pipeline for requests that come straight from a person or a file: validate → route → one stage a
 * channel → audit. Who asks has decided: neither preferences nor quiet hours hold a message back.
 */
export function createRequestPipeline(options: RequestPipelineOptions): Pipeline<PipelineMessages> {
  const { activity, audit, channels, datastore, ...runtime } = options;
  const ledger = new RequestLedger({ clock: options.clock, datastore });
  const templates = createTemplates({ directory: new URL('./templates/', import.meta.url) });
  const recipientOf = createBatcher({
    runMany: (ids: readonly string[]) => datastore.customers.recipients(ids),
  });
  const isUser = async (id: string): Promise<boolean> => (await recipientOf(id)) !== undefined;
  const stages = [
    validateStage(checkOf({ isUser, channels: channels.map(({ name }) => name) })),
    routeStage(async (message) => {
      await ledger.open(message);
      return message.data.channels;
    }),
    ...channels.map((channel) => {
      const deliver = directDelivery({ channel, recipientOf, templates });
      return directChannelStage(channel.name, deliver, (one, thrown) => ledger.noteFailure(one, thrown));
    }),
    endStage(ledger, auditStage(audit)),
  ] as AnyStage[];
  return new Pipeline({ ...runtime, stages: stages.map((stage) => activity.around(stage)) });
}

/** Ends every delivery where it was entered, too; the last that is heard of it is DeliveryCompleted. */
const endStage = (
  ledger: RequestLedger,
  audit: Stage<RequestEnd, PipelineMessage>,
): Stage<RequestEnd, PipelineMessage> => ({
  ...audit,
  async handle(end, context) {
    await ledger.record(end);
    await audit.handle(end, context);
    return [context.next(pipelineMessages.DeliveryCompleted, end.data)];
  },
});

/** The message with which a request enters the pipeline, under an id of its own. */
export function submission(
  ports: MessagePorts,
  request: NotificationRequest,
): PipelineMessage<'NotificationSubmitted'> {
  const requestId = ports.ids.next();
  return createMessage(ports, pipelineMessages.NotificationSubmitted, { hops: 0, requestId, ...request });
}
