import { ChannelError } from '../../delivery/index.ts';
import { AppError, defectOf, messageOf } from '../../kernel/index.ts';
import { type PipelineMessage, type PipelineMessages, pipelineMessages } from '../../pipeline/index.ts';
import {
  HandlerTimeoutError,
  MessageRefusedError,
  type Stage,
  type StageContext,
} from '../../pipeline-runtime/index.ts';

export type RoutedDelivery = PipelineMessages['DeliveryRouted'];

/** How a delivery ended that did not fail. */
export type DeliveryEnd =
  | { readonly type: 'DeliverySent'; readonly receipt: string }
  | { readonly type: 'DeliverySkipped'; readonly reason: string };

/** Sends one delivery, or says why it is not to be sent. */
export type Deliver = (delivery: RoutedDelivery, context: StageContext) => Promise<DeliveryEnd>;

/**
 * The stage of one channel, of the same name, which waits for its provider: the runtime's time limit and failure
 * modes are all that stands between them. Whatever becomes of a delivery, it says so.
 */
export function directChannelStage(
  channel: string,
  deliver: Deliver,
  onGivenUp: (delivery: RoutedDelivery, thrown: unknown) => void = () => {},
): Stage<PipelineMessage<'DeliveryRouted'>, PipelineMessage> {
  return {
    name: channel,
    accepts: ['DeliveryRouted'],
    where: ({ data }) => data.channel === channel,
    async handle({ data }, context) {
      const { type, ...end } = await refusing(deliver(data, context));
      const { requestId, userId } = data;
      const delivery = { requestId, userId, channel, attempts: context.attempt };
      return [context.next(pipelineMessages[type], { ...delivery, reason: 'sent', receipt: null, ...end })];
    },
    giveUp({ data }, thrown, { attempt, next }) {
      const { requestId, userId } = data;
      onGivenUp(data, thrown);
      const delivery = { requestId, userId, channel, attempts: attempt };
      const reason = reasonOf(thrown);
      return [next(pipelineMessages.DeliveryFailed, { ...delivery, reason, receipt: null })];
    },
  };
}

/** What a provider refuses for good is no fault of its stage; to try again what our own code fails at would not help. */
async function refusing<T>(sending: Promise<T>): Promise<T> {
  try {
    return await sending;
  } catch (thrown) {
    const defect = defectOf(thrown);
    if (defect !== undefined) {
      const message = `${messageOf(thrown)} (${defect.name} at ${defect.at ?? 'an unknown place'})`;
      throw new MessageRefusedError('internal_error', {
        message,
        help: "Mend the channel's own code.",
        cause: thrown,
      });
    }
    if (!(thrown instanceof ChannelError) || thrown.kind === 'transient') throw thrown;
    const { message, help } = thrown;
    throw new MessageRefusedError('rejected', { message, help, cause: thrown });
  }
}

/** Unless it is certain that the provider did not take the message, it may have. */
function reasonOf(thrown: unknown): string {
  if (thrown instanceof ChannelError) return 'attempts_exhausted';
  if (thrown instanceof HandlerTimeoutError || !(thrown instanceof AppError)) return 'outcome_unknown';
  return thrown.code;
}
