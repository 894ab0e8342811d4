import type { Stage, StageContext } from '../../pipeline-runtime/index.ts';
import { type PipelineMessage, type PipelineMessages, pipelineMessages } from '../messages.ts';

type Validated = PipelineMessages['NotificationValidated'];

/** Opens the deliveries of a request where they are kept, and says on which channels there is something to send. */
export type Open = (request: PipelineMessage<'NotificationValidated'>) => Promise<readonly string[]>;

/** Makes one message for each channel of a request; without `open`, of those that it names. */
export function routeStage(
  open: Open = async ({ data: { channels } }) => channels,
): Stage<PipelineMessage<'NotificationValidated'>, PipelineMessage> {
  return {
    name: 'route',
    accepts: ['NotificationValidated'],
    async handle(validated, context) {
      const { data } = validated;
      const { requestId, userId, message } = data;
      const routed = (await open(validated)).map((channel) =>
        context.next(pipelineMessages.DeliveryRouted, { requestId, userId, channel, message }),
      );
      return [...routed, ...pageEnd(data, context)];
    },
  };
}

/**
 * With the last request of a page, asks for the next page: not before, so that no more than a page of them is
 * under way, however many there are.
 */
export function pageEnd({ requestId, userId, rest }: Validated, { begin }: StageContext): PipelineMessage[] {
  if (rest === undefined) return [];
  return 'promotionId' in rest
    ? [begin(pipelineMessages.PromotionContinued, { requestId, userId, rest })]
    : [begin(pipelineMessages.PriceDropContinued, { requestId, userId, rest })];
}
