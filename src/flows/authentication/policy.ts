import { hoursToMilliseconds, minutesToMilliseconds, secondsToMilliseconds } from 'date-fns';

/** What the accounts of this service are held to: NIST SP 800-63B where it says something. */
export const policy = {
  service: { name: 'Hill & Valley Accounts', address: 'accounts@accounts.example' },
  site: 'https://accounts.example',
  /** Characters of a password, in NFKC. */
  password: { shortest: 8, longest: 256, weakest: 3 },
  token: { lastsMs: hoursToMilliseconds(24) },
  /** Of one mailbox, in the time that a token lasts: who registers somebody else again and again fills no mailbox. */
  mostPending: 5,
  lock: {
    failures: 5,
    withinMs: minutesToMilliseconds(15),
    firstMs: secondsToMilliseconds(60),
    longestMs: hoursToMilliseconds(1),
    /** After so long without a lock the next one is a first one. */
    forgottenAfterMs: hoursToMilliseconds(24),
  },
  /** Attempts on one account that wait for the one in hand. */
  mostWaiting: 10,
  mostDevices: 20,
  /** RFC 6238: 30 seconds, and a phone whose clock is one step off. */
  totp: { stepS: 30, drift: 1 },
  session: { idleMs: minutesToMilliseconds(30), absoluteMs: hoursToMilliseconds(12), mostKept: 20 },
  /** Nobody changes the country faster. */
  travelMs: hoursToMilliseconds(1),
} as const;
