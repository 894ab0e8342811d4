import { seededRandom } from '../../../../kernel/index.ts';
import { gap } from '../kills/load.ts';

/** When one of two workers stands still: milliseconds from the beginning. */
export interface Stall {
  readonly worker: 0 | 1;
  readonly fromMs: number;
  readonly untilMs: number;
}

/** When what happens, the same for every architecture. */
export interface StallLoad {
  /** When each order is shipped, the earliest first. */
  readonly commandsMs: readonly number[];
  readonly stalls: readonly Stall[];
}

/** Longer than a worker keeps what it has in hand without a word. */
export const stallMs = 35_000;
/** How long orders are shipped around the beginning of a stall; then nothing is until it is long over. */
const stretchMs = 100;
const cycleMs = stallMs + 5_000;

/** Random times, and the same for the same seed. @param count how many stalls */
export function stallLoadOf(count: number, seed = 1): StallLoad {
  const random = seededRandom(seed);
  const commandsMs: number[] = [];
  const stalls: Stall[] = [];
  for (let beginsMs = 0; stalls.length < count; beginsMs += cycleMs) {
    const fromMs = beginsMs + Math.ceil(random.next() * stretchMs);
    stalls.push({ worker: random.next() < 0.5 ? 0 : 1, fromMs, untilMs: fromMs + stallMs });
    for (let atMs = beginsMs + gap(random); atMs < beginsMs + stretchMs; atMs += gap(random))
      commandsMs.push(atMs);
  }
  return { commandsMs, stalls };
}
