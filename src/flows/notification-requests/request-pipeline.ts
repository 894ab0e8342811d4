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
import { Pipeline, type PipelineOptions } from '../../pipeline-runtime/index.ts';
import { directChannelStage } from './direct-channel.ts';
import { directDelivery } from './direct-delivery.ts';
import type { NotificationRequest } from './notification-request.ts';
import { checkOf } from './validation.ts';

export interface RequestPipelineOptions extends Omit<PipelineOptions<PipelineMessages>, 'stages'> {
  /** Its customers are the users, with their addresses and the suppression list. */
  datastore: Datastore;
  channels: readonly Channel[];
  audit: AuditLog;
}

/**
 * The pipeline for requests that come straight from a person or a file: validate → route → one stage a
 * channel → audit. Who asks has decided: neither preferences nor quiet hours hold a message back.
 */
export function createRequestPipeline(options: RequestPipelineOptions): Pipeline<PipelineMessages> {
  const { audit, channels, datastore, ...runtime } = options;
  const templates = createTemplates({ directory: new URL('./templates/', import.meta.url) });
  const recipientOf = createBatcher({
    runMany: (ids: readonly string[]) => datastore.customers.recipients(ids),
  });
  const isUser = async (id: string): Promise<boolean> => (await recipientOf(id)) !== undefined;
  const stages = [
    validateStage(checkOf({ isUser, channels: channels.map(({ name }) => name) })),
    routeStage(),
    ...channels.map((channel) =>
      directChannelStage(channel.name, directDelivery({ channel, recipientOf, templates })),
    ),
    auditStage(audit),
  ];
  return new Pipeline({ ...runtime, stages });
}

/** The message with which a request enters the pipeline, under an id of its own. */
export function submission(
  ports: MessagePorts,
  request: NotificationRequest,
): PipelineMessage<'NotificationSubmitted'> {
  const requestId = ports.ids.next();
  return createMessage(ports, pipelineMessages.NotificationSubmitted, { hops: 0, requestId, ...request });
}
