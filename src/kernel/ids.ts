import { v7 } from 'uuid';
import type { Clock } from './clock.ts';
import type { Random } from './random.ts';

/** Message ids as a port. */
export interface Ids {
  /** A UUIDv7: unique, and sorted by the time it was made. */
  next(): string;
}

/** Ids made of the clock's time and `random`'s bits: a virtual clock and a seed give the same ids again. */
export function createIds(clock: Clock, random: Random): Ids {
  let sequence = 0;
  return {
    next() {
      sequence = (sequence + 1) >>> 0;
      return flatten(v7({ msecs: clock.now(), seq: sequence, random: random.bytes(16) }));
    },
  };
}

/** A concatenated string keeps its pieces alive, at several times the memory; one that was a Buffer does not. */
const flatten = (text: string): string => Buffer.from(text, 'latin1').toString('latin1');
