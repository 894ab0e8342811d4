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
      const { id } = await channel.send(
        { to, recipientName: recipient.name, content },
        { idempotencyKey, signal },
      );
      return { status: 'sent', reason: 'sent', receipt: id };
    } catch (thrown) {
      const reason = reasonOf(thrown);
      const code = thrown instanceof AppError ? thrown.code : 'unexpected';
      logger.error({ deliveryId: idempotencyKey, reason, code }, 'delivery failed');
      return { status: 'dead_lettered', reason, receipt: null };
    }
  };
}

function reasonOf(thrown: unknown): ReasonCode {
  if (thrown instanceof ChannelError) return thrown.kind === 'permanent' ? 'rejected' : 'attempts_exhausted';
  // Our own refusal, such as a template that lacks a variable: nothing has left the house.
  if (thrown instanceof AppError) return 'rejected';
  return 'outcome_unknown';
}
