import { type SmsSegments, smsSegments } from '../../notifications/index.ts';
import type { Channel } from '../channel.ts';
import { type Captured, defaultCapacity, Outbox } from './outbox.ts';

/** An SMS as it would have gone out, with what it would have cost. */
export interface CapturedSms extends Captured, SmsSegments {
  readonly text: string;
}

export interface CaptureSmsOptions {
  /** How many messages are kept. Default 1,000. */
  capacity?: number;
}

/** SMS that goes into an outbox instead of the world. */
export function captureSms({ capacity = defaultCapacity }: CaptureSmsOptions = {}): Channel & {
  readonly outbox: Outbox<CapturedSms>;
} {
  const outbox = new Outbox<CapturedSms>(capacity);
  return {
    name: 'sms',
    templates: 'sms',
    outbox,
    async send({ to, content: { text } }, { idempotencyKey }) {
      outbox.add({ deliveryId: idempotencyKey, to, text, ...smsSegments(text) });
      return { id: `captured-${idempotencyKey}` };
    },
  };
}
