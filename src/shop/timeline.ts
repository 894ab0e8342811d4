import type {
  CapturedEmail,
  CapturedPush,
  CapturedSms,
  CapturedWebhook,
  Decision,
  TakenReceipt,
} from '../delivery/index.ts';
import type { MessageOf, ShopEvents } from '../events/index.ts';
import { deliveryId } from '../notifications/index.ts';
import type { BreakerChange } from './breaker-changes.ts';
import type { World } from './world.ts';

/** What a scenario showed, in the order in which it happened. */
export type TimelineEntry =
  | {
      readonly kind: 'step';
      readonly atMs: number;
      readonly text: string;
      /** Why this architecture cannot do it, and did nothing. Left out: it was done. */
      readonly undone?: string;
    }
  | {
      readonly kind: 'event';
      readonly atMs: number;
      readonly event: MessageOf<ShopEvents>;
      /** Of a line item's: how far its order has come with it. */
      readonly progress?: string;
    }
  | {
      /** What whoever asked for a text is told of it at once. */
      readonly kind: 'answer';
      readonly atMs: number;
      readonly text: string;
      /** Whether that says what became of it. Where it does not, only the ledger knows. */
      readonly isOutcome: boolean;
    }
  | ({ readonly kind: 'breaker' } & BreakerChange)
  | { readonly kind: 'receipt'; readonly atMs: number; readonly taken: TakenReceipt }
  | {
      readonly kind: 'decision';
      readonly atMs: number;
      readonly decision: Decision;
      /** What was sent, when it was. */
      readonly email: CapturedEmail | undefined;
      readonly sms: CapturedSms | undefined;
      readonly push?: CapturedPush | undefined;
      readonly webhook?: CapturedWebhook | undefined;
    };

/** Where what went out can be read. */
export interface Letterboxes {
  readonly outboxes: Pick<World['outboxes'], 'email' | 'sms'> &
    Partial<Pick<World['outboxes'], 'push' | 'webhook'>>;
}

/** A decision, with what was sent as far as it was captured; to be asked for when it is made. */
export function toEntry(decision: Decision, { outboxes }: Letterboxes): TimelineEntry {
  const id = deliveryId(decision.notification.id, decision.channel);
  const isSent = decision.status === 'sent' && decision.reason === 'sent';
  return {
    kind: 'decision',
    atMs: decision.atMs,
    decision,
    email: isSent ? outboxes.email.find(id) : undefined,
    sms: isSent ? outboxes.sms.find(id) : undefined,
    push: isSent ? outboxes.push?.find(id) : undefined,
    webhook: isSent ? outboxes.webhook?.find(id) : undefined,
  };
}
