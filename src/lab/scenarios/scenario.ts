import type { DeliveryKey } from '../../datastore/index.ts';
import type { DeliverySettings, Faults } from '../../delivery/index.ts';
import type { MessageOf, ShopEvents } from '../../events/index.ts';
import type { OwnText } from '../../notifications/index.ts';
import type { Command } from '../../services/index.ts';

/** What happens next in a scenario, and how the timeline calls it. */
export type Step = { readonly say: string } & (
  | { readonly command: Command }
  /** Several, given one right after the other. */
  | { readonly commands: readonly Command[] }
  /** Somebody asks for a text of their own, and what has become of it. */
  | { readonly ownText: OwnText }
  /** From now on this goes wrong at these providers, by channel; `{}` mends one. */
  | { readonly providers: Readonly<Record<string, Faults>> }
  /** Somebody sends the delivery of this id, a dead letter, on its way again; or every one of the story. */
  | { readonly redrive: DeliveryKey | 'all' }
  /** The clock moves to this time of day, UTC; to the next day's when that is past. */
  | { readonly waitUntil: string }
  /** The clock moves as long as anything waits. */
  | { readonly untilNothingWaits: true }
  /** An event that no service published in this scenario: one that comes late, or a second time. */
  | {
      readonly event: (context: EventContext) => MessageOf<ShopEvents>;
      /** Why there is no such thing where services call and nothing flows on a bus. */
      readonly withoutBus: string;
    }
);

export interface EventContext {
  /** Made for this event. */
  readonly id: string;
  readonly nowMs: number;
  /** What services of the shop have published in this scenario, oldest first; without what an architecture makes of it. */
  readonly published: readonly MessageOf<ShopEvents>[];
}

/** One story of the shop, with the end it must have. */
export interface Scenario {
  readonly name: string;
  /** What it shows, in a line. */
  readonly title: string;
  /** The time of day at which it begins, UTC, `HH:mm`. */
  readonly startsAt: string;
  readonly steps: readonly Step[];
  /** How deliveries behave when a provider fails. Left out: as they do by default. */
  readonly delivery?: DeliverySettings;
  /** Why it cannot be played where services call and nothing flows on a bus. */
  readonly needsBus?: string;
  /** Every delivery of it: `customer notification channel: reason`. */
  readonly expected: readonly string[];
  /** Every message that ends as a dead letter: `type: error code`. Left out: none. */
  readonly expectedDeadMessages?: readonly string[];
  /** Everything that providers report of it: `customer notification channel: status`. Left out: nothing. */
  readonly expectedReceipts?: readonly string[];
}
