import type { CapturedEmail, CapturedSms, Decision } from '../delivery/index.ts';
import type { MessageOf, ShopEvents } from '../events/index.ts';

/** What a scenario showed, in the order in which it happened. */
export type TimelineEntry =
  | { readonly kind: 'step'; readonly atMs: number; readonly text: string }
  | { readonly kind: 'event'; readonly atMs: number; readonly event: MessageOf<ShopEvents> }
  | {
      readonly kind: 'decision';
      readonly atMs: number;
      readonly decision: Decision;
      /** What was sent, when it was. */
      readonly email: CapturedEmail | undefined;
      readonly sms: CapturedSms | undefined;
    };
