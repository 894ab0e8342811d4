import type { LedgerLine } from '../../datastore/index.ts';
import type { TimelineEntry } from '../../shop/index.ts';

export interface ScenarioResult {
  readonly scenario: string;
  readonly title: string;
  readonly architecture: string;
  /** Whether every expected delivery came to its expected end, and none beside them. */
  readonly ok: boolean;
  /** What is missing (`-`) and what was not expected (`+`), in the words of `Scenario.expected`. */
  readonly differences: readonly string[];
  readonly timeline: readonly TimelineEntry[];
  readonly deliveries: readonly LedgerLine[];
}

/** How a delivery ended, in the words of `Scenario.expected`. */
export function describeEnd({ notification, delivery }: LedgerLine): string {
  const end = delivery.status === 'pending' ? 'pending' : delivery.reason;
  return `${notification.customerId} ${notification.type} ${delivery.channel}: ${end}`;
}

/** What is missing (`-`) and what was not expected (`+`), in no matter which order. */
export function compare(expected: readonly string[], actual: readonly string[]): string[] {
  const missing = without(expected, actual).map((line) => `- ${line}`);
  const surplus = without(actual, expected).map((line) => `+ ${line}`);
  return [...missing, ...surplus];
}

/** What is left of `lines` when each of `others` takes one like it away. */
function without(lines: readonly string[], others: readonly string[]): string[] {
  const left = [...lines];
  for (const line of others) {
    const index = left.indexOf(line);
    if (index !== -1) left.splice(index, 1);
  }
  return left;
}
