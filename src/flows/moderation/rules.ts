import { millisecondsInDay, millisecondsInHour } from 'date-fns/constants';

/** What is decided how; durations in milliseconds. */
export const rules = {
  /** Scores up to here are published, and from there on removed; people decide between. */
  publishUpTo: 0.2,
  removeFrom: 0.9,
  modelTimeoutMs: 500,
  /** A person is to have looked by then. */
  reviewWithinMs: 24 * millisecondsInHour,
  muteAtStrikes: 2,
  banAtStrikes: 3,
  muteMs: 7 * millisecondsInDay,
  /** Six months, as article 20 of the Digital Services Act has it. */
  appealWithinMs: 183 * millisecondsInDay,
  /** Of 64 bits of two fingerprints so many may differ. */
  nearBits: 3,
  /** Fewer words than this are said by many, and are no copy. */
  copiedWords: 5,
} as const;
