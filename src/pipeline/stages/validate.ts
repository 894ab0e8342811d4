import type { Stage } from '../../pipeline-runtime/index.ts';
import {
  type PipelineMessage,
  type PipelineMessages,
  pipelineMessages,
  type ValidationError,
} from '../messages.ts';
import { pageEnd } from './route.ts';

/** Everything that is wrong with a request; nothing: it can be sent. */
export type Check = (
  request: PipelineMessages['NotificationSubmitted'],
) => Promise<readonly ValidationError[]>;

/** Lets pass what can be sent, and refuses the rest with everything that is wrong with it. */
export function validateStage(
  check: Check,
): Stage<PipelineMessage<'NotificationSubmitted'>, PipelineMessage> {
  return {
    name: 'validate',
    accepts: ['NotificationSubmitted'],
    async handle({ data }, context) {
      const { requestId, userId, message, priority, rest } = data;
      const reasons = [...(await check(data))];
      if (reasons.length > 0) {
        const refusal = context.next(pipelineMessages.NotificationFailed, { requestId, userId, reasons });
        return [refusal, ...pageEnd(data, context)];
      }
      const channels = [...new Set(data.channels)];
      const valid = { requestId, userId, channels, message, priority, ...(rest && { rest }) };
      return [context.next(pipelineMessages.NotificationValidated, valid)];
    },
  };
}
