import type { Stage } from '../../pipeline-runtime/index.ts';
import { type RequestMessage, type RequestMessages, requestMessages } from '../messages.ts';
import { pageEnd } from './page-end.ts';

/** Opens the deliveries of a request where they are kept, and says on which channels there is something to send. */
export type Open = (request: RequestMessages['NotificationValidated']) => Promise<readonly string[]>;

/** Makes one message for each channel of a request; without `open`, of those that it names. */
export function routeStage(
  open: Open = async ({ channels }) => channels,
): Stage<RequestMessage<'NotificationValidated'>, RequestMessage> {
  return {
    name: 'route',
    accepts: ['NotificationValidated'],
    async handle({ data }, context) {
      const { requestId, userId, message, priority } = data;
      const routed = (await open(data)).map((channel) =>
        context.next(requestMessages.DeliveryRouted, { requestId, userId, channel, message, priority }),
      );
      return [...routed, ...pageEnd(data, context)];
    },
  };
}
