import { millisecondsInSecond } from 'date-fns/constants';
import type { Achievement } from './messages.ts';

/** How the game is played; durations in milliseconds. */
export const rules = {
  acornPoints: 10,
  goldenPoints: 50,
  /** No squirrel runs faster, in metres a second. */
  mostSpeed: 12,
  /** Nor does it more in a second. */
  mostActions: 15,
  windowMs: millisecondsInSecond,
  streak: 5,
  streakMs: 10 * millisecondsInSecond,
  hoard: 10,
} as const;

/** What each achievement is worth, in coins. */
export const rewards: Readonly<Record<Achievement, number>> = {
  first_acorn: 20,
  streak_5: 30,
  hoarder: 40,
  golden: 50,
};
