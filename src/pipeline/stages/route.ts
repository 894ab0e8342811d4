import { type PipelineMessage, pipelineMessages } from '../messages.ts';
import type { Stage } from '../runtime/index.ts';

/** Makes one message for each channel of a request. */
export function routeStage(): Stage<PipelineMessage<'NotificationValidated'>, PipelineMessage> {
  return {
    name: 'route',
    accepts: ['NotificationValidated'],
    handle({ data: { requestId, userId, channels, message, priority } }, { next }) {
      return channels.map((channel) =>
        next(pipelineMessages.DeliveryRouted, { requestId, userId, channel, message, priority }),
      );
    },
  };
}
