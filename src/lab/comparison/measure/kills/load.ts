import { type Random, seededRandom } from '../../../../kernel/index.ts';

/** When what happens, in milliseconds from the beginning: the same for every architecture. */
export interface Load {
  /** When each order is shipped, the earliest first. */
  readonly commandsMs: readonly number[];
  /** When the process is killed. */
  readonly killsMs: readonly number[];
}

/** On average between two commands; each comes when it comes, whatever became of those before. */
export const meanGapMs = 50;
/** Between two kills, evenly spread. */
const killGapMs = { least: 60, most: 120 };

/** Random times, and the same for the same seed. @param kills how many */
export function loadOf(kills: number, seed = 1): Load {
  const random = seededRandom(seed);
  const killsMs: number[] = [];
  for (let atMs = killGap(random); killsMs.length < kills; atMs += killGap(random)) killsMs.push(atMs);
  const endMs = killsMs.at(-1) ?? 0;
  const commandsMs: number[] = [];
  for (let atMs = gap(random); atMs < endMs; atMs += gap(random)) commandsMs.push(atMs);
  return { commandsMs, killsMs };
}

const killGap = (random: Random): number =>
  Math.round(killGapMs.least + random.next() * (killGapMs.most - killGapMs.least));

/** Between two arrivals that know nothing of each other. */
export const gap = (random: Random): number => Math.ceil(-Math.log(1 - random.next()) * meanGapMs);
