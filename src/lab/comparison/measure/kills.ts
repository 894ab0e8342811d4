import type { FaultOutcome } from '../comparison.ts';
import { effectsOf } from './effects.ts';
import { datastoreMs } from './kills/durations.ts';
import { playKills } from './kills/killed-shop.ts';
import { loadOf, meanGapMs } from './kills/load.ts';
import { inMemory, type NewPlace } from './places.ts';
import { channelNames, providerMs } from './steady-load.ts';
import type { Variant } from './variants.ts';

const title = `the process is killed at random times and started again at once, ${1000 / meanGapMs} orders a second ship, the datastore takes ${datastoreMs} ms for each answer and a provider ${providerMs} ms; virtual time, the same times for all`;

/** What becomes of notifications under a steady load when their process is killed again and again. @param kills how often */
export async function measureKills(
  variant: Variant,
  kills: number,
  newPlace: NewPlace = inMemory,
): Promise<FaultOutcome> {
  const load = loadOf(kills);
  const journal = await playKills(variant, load, newPlace);
  return {
    fault: 'crash',
    title,
    ...variant,
    runs: kills,
    sampled: 'kill',
    ordersPerSecond: 1000 / meanGapMs,
    expected: load.commandsMs.length * channelNames.length,
    ...effectsOf(load.commandsMs, load.killsMs, journal),
    late: 0,
    callerBlockedMs: 0,
  };
}
