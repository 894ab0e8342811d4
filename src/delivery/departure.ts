import type { Recipient } from '../datastore/index.ts';
import {
  addressOf,
  deliveryId,
  fitSms,
  type Notification,
  type Templates,
  unsubscriptionFrom,
} from '../notifications/index.ts';
import type { Channel, OutgoingMessage } from './channel.ts';
import { UnknownChannelError } from './errors.ts';
import type { InFlightSends } from './in-flight-sends.ts';
import type { CompleteSettings } from './settings.ts';

export interface SendRequest {
  readonly notification: Pick<
    Notification,
    'id' | 'type' | 'subject' | 'causeId' | 'correlationId' | 'variables' | 'occurredAtMs'
  >;
  readonly recipient: Recipient;
}

export interface DepartureOptions {
  channelName: string;
  /** Undefined: it is not running any more. */
  channel: Channel | undefined;
  templates: Templates;
  settings: Pick<CompleteSettings, 'maxSmsSegments'>;
}

/** A message that is ready to leave. */
export interface Departure {
  readonly channel: Channel;
  readonly message: OutgoingMessage;
  readonly idempotencyKey: string;
  /** Its text was longer than an SMS may be, and was cut. */
  readonly isShortened: boolean;
}

/** Renders it in the customer's language. Throws what is our own fault: nothing has left the house then. */
export function prepare(
  { channelName, channel, templates, settings }: DepartureOptions,
  { notification, recipient }: SendRequest,
): Departure {
  if (channel === undefined) throw new UnknownChannelError(channelName);
  const request = {
    type: notification.type,
    family: channel.templates,
    locale: recipient.locale,
    customerName: recipient.name,
    variables: notification.variables,
  };
  const { occurredAtMs } = notification;
  const { timeZone } = recipient;
  const rendered = templates.render(request);
  const fitted = channel.templates === 'sms' ? fitSms(rendered.text, settings.maxSmsSegments) : undefined;
  const isShortened = fitted?.isCut ?? false;
  return {
    channel,
    message: {
      to: addressOf(recipient, channel.name) ?? '',
      recipientName: recipient.name,
      content: fitted?.isCut ? { ...rendered, text: fitted.text } : rendered,
      notification,
      attachments: templates.attachments?.({ occurredAtMs, timeZone, ...request }),
      unsubscription: unsubscriptionFrom(notification.type, recipient.id),
    },
    idempotencyKey: deliveryId(notification.id, channelName),
    isShortened,
  };
}

/** Hands it to its channel, and says what came of that. */
export function hand(
  { channel, message, idempotencyKey }: Departure,
  send: ReturnType<InFlightSends['depart']>,
): void {
  try {
    Promise.resolve(channel.send(message, send.context(idempotencyKey))).then(
      (receipt) => send.answered(receipt),
      (thrown) => send.failed(thrown),
    );
  } catch (thrown) {
    send.failed(thrown);
  }
}
