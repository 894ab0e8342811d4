import type { FaultOutcome } from '../comparison.ts';
import { datastoreMs } from './kills/durations.ts';
import { channelNames, type Journal, playKills, providerMs } from './kills/killed-shop.ts';
import { type Load, loadOf, meanGapMs } from './kills/load.ts';
import { orderId } from './stocked-orders.ts';
import type { Variant } from './variants.ts';

const title = `the process is killed at random times and started again at once, ${1000 / meanGapMs} orders a second ship, the datastore takes ${datastoreMs} ms for each answer and a provider ${providerMs} ms; virtual time, the same times for all`;

/** What becomes of notifications under a steady load when their process is killed again and again. @param kills how often */
export async function measureKills(variant: Variant, kills: number): Promise<FaultOutcome> {
  const load = loadOf(kills);
  const journal = await playKills(variant, load);
  return {
    fault: 'crash',
    title,
    ...variant,
    runs: kills,
    isSample: true,
    ordersPerSecond: 1000 / meanGapMs,
    expected: load.commandsMs.length * channelNames.length,
    ...effectsOfKills(load, journal),
    late: 0,
    callerBlockedMs: 0,
  };
}

/** What the kills did, and how many of them did it: what comes again, the one before did; what never comes, the one behind the command. */
export function effectsOfKills({ commandsMs, killsMs }: Load, journal: Journal) {
  const lostBy: number[] = [];
  const doubledBy: number[] = [];
  const repeatedBy: number[] = [];
  for (const [index, givenMs] of commandsMs.entries()) {
    for (const channel of channelNames) {
      const taken = journal.get(`${orderId(index)} ${channel}`) ?? [];
      if (taken.length === 0) lostBy.push(killsMs.findIndex((killMs) => killMs > givenMs));
      for (const [place, { key, atMs }] of taken.entries()) {
        if (place === 0) continue;
        const isKnown = taken.slice(0, place).some((earlier) => earlier.key === key);
        (isKnown ? repeatedBy : doubledBy).push(killsMs.filter((killMs) => killMs <= atMs).length - 1);
      }
    }
  }
  return {
    lost: lostBy.length,
    doubled: doubledBy.length,
    repeated: repeatedBy.length,
    runsThatLost: new Set(lostBy).size,
    runsThatDoubled: new Set(doubledBy).size,
    runsThatRepeated: new Set(repeatedBy).size,
  };
}
