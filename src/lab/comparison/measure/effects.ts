import { channelNames, type Journal } from './steady-load.ts';
import { orderId } from './stocked-orders.ts';

/**
 * What was done at some moments, the earliest first, to orders that shipped at theirs, and how many of those moments did it:
 * what comes again, the one before did; what never comes, the one behind the command.
 */
export function effectsOf(commandsMs: readonly number[], momentsMs: readonly number[], journal: Journal) {
  const lostBy: number[] = [];
  const doubledBy: number[] = [];
  const repeatedBy: number[] = [];
  for (const [index, givenMs] of commandsMs.entries()) {
    for (const channel of channelNames) {
      const taken = journal.get(`${orderId(index)} ${channel}`) ?? [];
      if (taken.length === 0) lostBy.push(momentsMs.findIndex((momentMs) => momentMs > givenMs));
      for (const [place, { key, atMs }] of taken.entries()) {
        if (place === 0) continue;
        const isKnown = taken.slice(0, place).some((earlier) => earlier.key === key);
        (isKnown ? repeatedBy : doubledBy).push(momentsMs.filter((momentMs) => momentMs <= atMs).length - 1);
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
