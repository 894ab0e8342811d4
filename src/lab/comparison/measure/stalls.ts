import type { FaultOutcome } from '../comparison.ts';
import { effectsOf } from './effects.ts';
import { datastoreMs } from './kills/durations.ts';
import { meanGapMs } from './kills/load.ts';
import { inMemory, type NewPlace } from './places.ts';
import { stallLoadOf, stallMs } from './stalls/stall-load.ts';
import { playStalls } from './stalls/stalled-shop.ts';
import { channelNames, type Journal, providerMs } from './steady-load.ts';
import { orderId } from './stocked-orders.ts';
import type { Variant } from './variants.ts';

const title = `two workers on one datastore are asked in turn; at random times one stands still for ${stallMs / 1000} s, longer than its lease, and goes on with what it had in hand, whose callers ask the other meanwhile; ${1000 / meanGapMs} orders a second ship, the datastore takes ${datastoreMs} ms for each answer and a provider ${providerMs} ms; virtual time, the same times for all`;

/** So much later than it was asked for, and a message is late: whoever stands still takes no part in it. */
const lateMs = 1000;

/** What becomes of notifications when two work on one shop, and one of them stands still again and again. @param stalls how often */
export async function measureStalls(
  variant: Variant,
  stalls: number,
  newPlace: NewPlace = inMemory,
): Promise<FaultOutcome> {
  const load = stallLoadOf(stalls);
  const journal = await playStalls(variant, load, newPlace);
  const beginningsMs = load.stalls.map(({ fromMs }) => fromMs);
  return {
    fault: 'two-workers',
    title,
    ...variant,
    runs: stalls,
    sampled: 'stall',
    expected: load.commandsMs.length * channelNames.length,
    ...effectsOf(load.commandsMs, beginningsMs, journal),
    late: countLate(load.commandsMs, journal),
    callerBlockedMs: 0,
  };
}

function countLate(commandsMs: readonly number[], journal: Journal): number {
  const first = commandsMs.flatMap((givenMs, index) =>
    channelNames.map((channel) => {
      const [taken] = journal.get(`${orderId(index)} ${channel}`) ?? [];
      return taken === undefined ? 0 : taken.atMs - givenMs;
    }),
  );
  return first.filter((ms) => ms > lateMs).length;
}
