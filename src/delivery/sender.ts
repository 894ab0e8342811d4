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

export interface SendRequest {
  readonly notification: Pick<Notification, 'id' | 'type' | 'variables'>;
  readonly channelName: string;
  readonly recipient: Recipient;
}

export interface SendResult {
  readonly status: 'sent' | 'dead_lettered';
  readonly reason: ReasonCode;
  readonly receipt: string | null;
}

export interface SenderOptions {
  channels: ReadonlyMap<string, Channel>;
  templates: Templates;
  signal: AbortSignal;
  logger: Logger;
}

/** Renders one delivery in the customer's language and hands it to its channel; never rejects. */
export function createSender({ channels, templates, signal, logger }: SenderOptions) {
  return async function send({ notification, channelName, recipient }: SendRequest): Promise<SendResult> {
    const idempotencyKey = deliveryId(notification.id, channelName);
    let isHandedOver = false;
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
      isHandedOver = true;
      const { id } = await channel.send(
        { to, recipientName: recipient.name, content },
        { idempotencyKey, signal },
      );
      return { status: 'sent', reason: 'sent', receipt: id };
    } catch (thrown) {
      // Before that, it is our own refusal, such as a template that lacks a variable: nothing has left the house.
      const reason = isHandedOver ? reasonOf(thrown) : 'rejected';
      const code = thrown instanceof AppError ? thrown.code : 'unexpected';
      logger.error({ deliveryId: idempotencyKey, reason, code }, 'delivery failed');
      return { status: 'dead_lettered', reason, receipt: null };
    }
  };
}

function reasonOf(thrown: unknown): ReasonCode {
  if (!(thrown instanceof ChannelError)) return 'outcome_unknown';
  return thrown.kind === 'permanent' ? 'rejected' : 'attempts_exhausted';
}
