import { type Clock, GrowingDelay } from '../kernel/index.ts';

/** When the ledger could not be read or written, how long until it is tried again; twice as long each time. */
const firstTroubleDelayMs = 250;
/** It is never longer. */
const longestTroubleDelayMs = 5000;

export const troubleDelay = (clock: Clock): GrowingDelay =>
  new GrowingDelay({ clock, firstMs: firstTroubleDelayMs, longestMs: longestTroubleDelayMs });
