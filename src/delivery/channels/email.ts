import type { Clock } from '../../kernel/index.ts';
import type { Attachment } from '../../notifications/index.ts';
import type { Channel } from '../channel.ts';
import { composeMail, type Mail, mailOf } from './mime.ts';
import { type Captured, defaultCapacity, Outbox } from './outbox.ts';

/** A mail as it would have gone out. */
export interface CapturedEmail extends Captured {
  readonly from: string;
  readonly toName: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly attachments: readonly Attachment[];
  readonly sentAtMs: number;
  /** The whole message as bytes on the wire (RFC 5322, MIME), composed when it is asked for. */
  mime(): Promise<string>;
  readonly unsubscribeUrl: string | null;
}

export interface CaptureEmailOptions {
  clock: Clock;
  /** How many mails are kept. Default 1,000. */
  capacity?: number;
  /** Signs the links with which price alerts are ended. Default: one that everybody knows. */
  unsubscribeSecret?: string;
}

/** No link that is signed with it leaves the process. */
export const captureUnsubscribeSecret = 'not a secret, only for capturing';

/** Email that goes into an outbox instead of the world. */
export function captureEmail({
  clock,
  capacity = defaultCapacity,
  unsubscribeSecret = captureUnsubscribeSecret,
}: CaptureEmailOptions): Channel & {
  readonly outbox: Outbox<CapturedEmail>;
} {
  const outbox = new Outbox<CapturedEmail>(capacity);
  return {
    name: 'email',
    templates: 'email',
    messageIdOf,
    outbox,
    async send(message, { idempotencyKey }) {
      const mail = mailOf({ message, deliveryId: idempotencyKey, sentAtMs: clock.now(), unsubscribeSecret });
      outbox.add({ mime: composing(mail), ...mail });
      return { id: messageIdOf(idempotencyKey) };
    },
  };
}

const composing = (mail: Mail) => () => composeMail(mail);

const messageIdOf = (idempotencyKey: string): string => `captured-${idempotencyKey}`;
