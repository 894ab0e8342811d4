import type { Recipient } from '../datastore/index.ts';
import { AppError, type Logger } from '../kernel/index.ts';
import {
  addressOf,
  deliveryId,
  type Notification,
  type ReasonCode,
  type Templates,
} from '../notifications/index.ts';
import { type Channel, ChannelError } from './channel.ts';
import { UnknownChannelError } from './errors.ts';
import type { End } from './outcome.ts';

export interface SendRequest {
  readonly notification: Pick<Notification, 'id' | 'type' | 'variables'>;
  readonly channelName: string;
  readonly recipient: Recipient;
}

export interface SenderOptions {
  channels: ReadonlyMap<string, Channel>;
  templates: Templates;
  signal: AbortSignal;
  logger: Logger;
}

/** Renders one delivery in the customer's language and hands it to its channel; never rejects. */
export function createSender({ channels, templates, signal, logger }: SenderOptions) {
  return async function send({ notification, channelName, recipient }: SendRequest): Promise<End> {
    const idempotencyKey = deliveryId(notification.id, channelName);
    let wasAsked = false;
    try {
      const channel = channels.get(channelName);
      if (channel === undefined) throw new UnknownChannelError(channelName);
      const content = templates.render({
        type: notification.type,
        family: channel.templates,
        locale: recipient.locale,
        customerName: recipient.name,
        variables: notification.variables,
      });
      const to = addressOf(recipient, channelName) ?? '';
      wasAsked = true;
      const { id } = await channel.send(
        { to, recipientName: recipient.name, content },
        { idempotencyKey, signal },
      );
      return { status: 'sent', reason: 'sent', receipt: id, wasAsked: true };
    } catch (thrown) {
      // Before that, it is our own refusal, such as a template that lacks a variable: nothing has left the house.
      const reason = wasAsked ? reasonOf(thrown) : 'rejected';
      const code = thrown instanceof AppError ? thrown.code : 'unexpected';
      logger.error({ deliveryId: idempotencyKey, reason, code }, 'delivery failed');
      return { status: 'dead_lettered', reason, receipt: null, wasAsked };
    }
  };
}

function reasonOf(thrown: unknown): ReasonCode {
  if (!(thrown instanceof ChannelError)) return 'outcome_unknown';
  return thrown.kind === 'permanent' ? 'rejected' : 'attempts_exhausted';
}
