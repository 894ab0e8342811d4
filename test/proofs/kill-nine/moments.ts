import type { Random } from '../../../src/kernel/index.ts';

/** What is seen of a shop from outside, in the order in which it happens to one command and what follows from it. */
const sights = ['awake', 'open', 'acknowledged', 'asked', 'taken', 'answered', 'recorded'] as const;
export type Sight = (typeof sights)[number];

/** When a life of the shop is killed. */
export interface Moment {
  /** When this is seen … */
  readonly sight: Sight;
  /** … for this time … */
  readonly count: number;
  /** … and so many turns of the observer's event loop have passed. */
  readonly turns: number;
}

/** In each life it is another sight, so that no phase is left out; the rest is drawn. */
export function drawMoment(life: number, random: Random): Moment {
  const below = (limit: number): number => Math.floor(random.next() * limit);
  const sight = sights[life % sights.length] ?? 'open';
  // These happen once, and much goes on behind them.
  if (sight === 'awake' || sight === 'open') return { sight, count: 1, turns: below(2000) };
  const count = 1 + below(40);
  // The provider's message or its yes is to be the last thing that happens.
  if (sight === 'asked' || sight === 'taken') return { sight, count, turns: 0 };
  return { sight, count, turns: below(60) };
}

/** Lets so many turns of the event loop pass. */
export async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn++) await new Promise((resolve) => setImmediate(resolve));
}
