import type { MessageOf, ShopEvents } from '../../events/index.ts';
import type { Command } from '../../services/index.ts';

/** What happens next in a scenario, and how the timeline calls it. */
export type Step = { readonly say: string } & (
  | { readonly command: Command }
  /** The clock moves to this time of day, UTC; to the next day's when that is past. */
  | { readonly waitUntil: string }
  /** An event that no service published in this scenario: one that comes late, or a second time. */
  | { readonly event: (context: EventContext) => MessageOf<ShopEvents> }
);

export interface EventContext {
  /** Made for this event. */
  readonly id: string;
  readonly nowMs: number;
  /** The latest event of the scenario, as it was published. */
  readonly latest: MessageOf<ShopEvents> | undefined;
}

/** One story of the shop, with the end it must have. */
export interface Scenario {
  readonly name: string;
  /** What it shows, in a line. */
  readonly title: string;
  /** The time of day at which it begins, UTC, `HH:mm`. */
  readonly startsAt: string;
  readonly steps: readonly Step[];
  /** Every delivery of it: `customer notification channel: reason`. */
  readonly expected: readonly string[];
}
