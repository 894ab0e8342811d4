import { endpointOf } from '../support/endpoint.ts';
import type { Aftermath } from '../support/play-schedule.ts';
import type { Ask } from '../support/provider.ts';

const failuresToOpen = 5;

/** A breaker opens after failures of what it guards, and of nothing else: being busy is none, nor is one mailbox's no. */
export function openedWrongly({ shop }: Aftermath): string[] {
  const changes = shop.history.of('breaker');
  const asks = shop.providers.flatMap(({ journal }) => journal);
  return changes.flatMap((change, index) => {
    const { state, channel, endpoint, life, seq } = change;
    if (state !== 'open') return [];
    const before = changes
      .slice(0, index)
      .findLast((each) => each.channel === channel && each.endpoint === endpoint && each.life === life);
    const failures = asks.filter((ask) => {
      const isHere = ask.channel === channel && ask.life === life && endpoint === endpointOf(channel, ask.to);
      const { answered } = ask;
      return isHere && isFailure(ask) && answered && answered.seq > (before?.seq ?? 0) && answered.seq < seq;
    });
    const needed = before?.state === 'half-open' ? 1 : failuresToOpen;
    if (failures.length >= needed) return [];
    return [`a breaker opened after ${failures.length} failures: ${endpoint ?? channel}`];
  });
}

const isFailure = ({ answer, isBusy, isOfRecipient }: Ask): boolean =>
  (answer === 'transient' || answer === 'none') && !isBusy && !isOfRecipient;
