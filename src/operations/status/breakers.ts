import type { Outage } from '../../datastore/index.ts';
import { defaultBreakerPolicy } from '../../kernel/index.ts';

/** How a channel's circuit breaker stands, reckoned from the ledger: what a running process knows better is its own. */
export interface BreakerSummary {
  readonly channel: string;
  readonly state: 'open' | 'closed';
  /** Attempts that failed, since the provider's last yes. */
  readonly failuresInARow: number;
}

/** Of each of these channels: a breaker opens after five failures in a row, and closes with the first yes. */
export function breakersOf(channels: readonly string[], outages: readonly Outage[]): BreakerSummary[] {
  return channels.map((channel) => {
    const outage = outages.find((each) => each.channel === channel);
    const failuresInARow = outage?.failures ?? 0;
    const isOpen = failuresInARow >= defaultBreakerPolicy.failureThreshold;
    return { channel, state: isOpen ? 'open' : 'closed', failuresInARow };
  });
}
